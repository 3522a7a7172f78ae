/**
 * Air waybill numbers as people type them. Three digits of the airline, seven of the serial number
 * and a check digit: the seven modulo 7 (IATA Resolution 600a). Pure.
 */

export type AwbEntry =
  | { kind: 'good'; awb: string }
  | { kind: 'digit'; awb: string; found: string; expected: string }
  | { kind: 'form'; text: string };

/** Numbers that are asked for at once. */
export const MOST_AT_ONCE = 50;

const HYPHENS = /[\u2010-\u2015\u2212\u30fc]/g;
const BETWEEN = /[\n\r\t,;|、，；。/]+/;
const NUMBER =
  /(?:M?AWB(?:\s*(?:NO\.?|[:#]))?)?\s*(?<!\d)(\d{3})(?:\s*-\s*|\s*)(\d{4})\s?(\d{4})(?!\d)/gi;

export function checkDigit(serial7: string): string {
  return String(Number(serial7) % 7);
}

/** `112-12345675`. */
export function written(prefix: string, serial: string): string {
  return `${prefix}-${serial}`;
}

/**
 * Every number in a text, in order and once: any spelling, full-width digits, separated by lines,
 * commas or spaces. What is no number is told as it stands, so that nothing is dropped in silence.
 */
export function readAwbs(text: string): AwbEntry[] {
  const entries: AwbEntry[] = [];
  const seen = new Set<string>();
  const folded = text.normalize('NFKC').replace(HYPHENS, '-');
  for (const piece of folded.split(BETWEEN)) {
    const rest = piece.replace(NUMBER, (_, prefix: string, first: string, second: string) => {
      const entry = judged(prefix, first + second);
      if (!seen.has(written(prefix, first + second))) entries.push(entry);
      seen.add(written(prefix, first + second));
      return ' ';
    });
    const left = rest.trim();
    if (/[\p{L}\p{N}]/u.test(left)) entries.push({ kind: 'form', text: left.slice(0, 40) });
  }
  return entries;
}

function judged(prefix: string, serial: string): AwbEntry {
  const expected = checkDigit(serial.slice(0, 7));
  const found = serial.slice(7);
  const awb = written(prefix, serial);
  return found === expected ? { kind: 'good', awb } : { kind: 'digit', awb, found, expected };
}

/** The numbers to ask for, and how many are beyond what is asked at once. */
export function askable(entries: readonly AwbEntry[]): { awbs: string[]; beyond: number } {
  const good = entries.flatMap((entry) => (entry.kind === 'good' ? [entry.awb] : []));
  return { awbs: good.slice(0, MOST_AT_ONCE), beyond: Math.max(0, good.length - MOST_AT_ONCE) };
}

/** Numbers in the address of a page, `/cargo/112-12345675,933-22405670`. */
export function addressOf(awbs: readonly string[]): string {
  return awbs.length ? `/cargo/${awbs.join(',')}` : '/cargo';
}
