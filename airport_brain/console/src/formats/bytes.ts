/** A message as bytes and as the text people see; the gateway's places count bytes. */

export interface Original {
  bytes: Uint8Array<ArrayBuffer>;
  /** As text; bytes that are no UTF-8 are shown as Latin-1, one letter a byte. */
  text: string;
  /** Text offset of each byte, and one more for the end; null: the same. */
  offsets: Uint32Array | null;
}

export const EMPTY: Original = { bytes: new Uint8Array(), text: '', offsets: null };

export function fromText(text: string): Original {
  return fromBytes(new TextEncoder().encode(text));
}

export function fromBytes(bytes: Uint8Array<ArrayBuffer>): Original {
  if (bytes.every((byte) => byte < 0x80)) {
    return { bytes, text: new TextDecoder().decode(bytes), offsets: null };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { bytes, text, offsets: offsetsOf(text, bytes.length) };
  } catch {
    return { bytes, text: Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''), offsets: null };
  }
}

/** Text offset at which each byte's letter begins. */
function offsetsOf(text: string, size: number): Uint32Array {
  const offsets = new Uint32Array(size + 1);
  let byte = 0;
  let at = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    const width = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    offsets.fill(at, byte, byte + width);
    byte += width;
    at += letter.length;
  }
  offsets[size] = text.length;
  return offsets;
}

/** A place in bytes as a place in the text. */
export function inText(original: Original, start: number, end: number): [number, number] {
  const { offsets, text } = original;
  if (!offsets) return [Math.min(start, text.length), Math.min(end, text.length)];
  const last = offsets.length - 1;
  return [offsets[Math.min(start, last)]!, offsets[Math.min(end, last)]!];
}

export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  const digits = hex.replace(/[^0-9a-f]/gi, '');
  const bytes = new Uint8Array(digits.length >> 1);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

export function hexOf(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

export function spacedHex(bytes: Uint8Array): string {
  return Array.from(bytes, hexOf).join(' ');
}

/** The octets of hexadecimal digits with blanks; `null` when it is no such text, or half an octet is missing. */
export function octetsOf(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = text.replace(/\s/g, '');
  return digits.length % 2 === 0 && /^[0-9a-f]+$/i.test(digits) ? fromHex(digits) : null;
}

/** Control characters that texts have: tabulator, line and page ends, and those that frame a telex. */
const IN_TEXTS = new Set([0x01, 0x02, 0x03, 0x09, 0x0a, 0x0b, 0x0c, 0x0d]);

/** Whether a message is of octets and not of text: to edit it as text would break it. */
export function isBinary({ bytes, offsets }: Original): boolean {
  if (offsets === null && bytes.some((byte) => byte >= 0x80)) return true;
  return bytes.some((byte) => byte < 0x20 && !IN_TEXTS.has(byte));
}

/** As a field for text has it, which knows one kind of line end. */
export function withPlainEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** A message after it was edited in such a field: with the line ends that it had, if they were all alike. */
export function edited(text: string, before: Original): Original {
  const ends = new Set(before.text.match(/\r\n|\r|\n/g));
  const [end] = ends;
  return fromText(ends.size === 1 && end ? withPlainEnds(text).replaceAll('\n', end) : text);
}
