/**
 * Messages of the live socket, `/api/spatiotemporal/live`.
 *
 * A binary frame is `ABM1`, uint32 n, float64 server time (Unix ms), then columns of n values:
 * float64 longitude, latitude, fix time (Unix ms); uint32 index; float32 speed (m/s), heading
 * (degrees from true north); little-endian, NaN for unknown. Text messages are JSON: names of movers
 * before their first position, and a heartbeat.
 */

export interface Frame {
  /** Server time when the frame was made, Unix milliseconds. */
  serverMs: number;
  longitude: Float64Array;
  latitude: Float64Array;
  /** When each mover was there, Unix milliseconds. */
  fixMs: Float64Array;
  /** Number of the mover in this connection; names come as text. */
  index: Uint32Array;
  speedMps: Float32Array;
  headingDeg: Float32Array;
}

export interface MoverName {
  idx: number;
  id: string;
  kind: string;
  fleet: string;
  label: string;
}

export type LiveText =
  | { type: 'movers'; movers: MoverName[] }
  | { type: 'heartbeat'; at: string; fixes_per_s: number };

const HEADER_BYTES = 16;
const ROW_BYTES = 36;
const MAGIC = 0x314d4241; // 'ABM1', read little-endian

/** Read one frame without copying its columns. Throws `RangeError` on bytes that are not a frame. */
export function decodeFrame(bytes: ArrayBuffer): Frame {
  if (bytes.byteLength < HEADER_BYTES) {
    throw new RangeError(`frame of ${bytes.byteLength} bytes is shorter than its ${HEADER_BYTES} byte header`);
  }
  const view = new DataView(bytes);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError('frame does not begin with ABM1');
  const n = view.getUint32(4, true);
  const expected = HEADER_BYTES + n * ROW_BYTES;
  if (bytes.byteLength !== expected) {
    throw new RangeError(`frame of ${n} movers has ${bytes.byteLength} bytes, expected ${expected}`);
  }
  // 16 + 3·8·n and 16 + 24·n are multiples of the element sizes, so the views are aligned.
  let at = HEADER_BYTES;
  const column = <T>(make: (offset: number) => T, bytesEach: number): T => {
    const made = make(at);
    at += n * bytesEach;
    return made;
  };
  return {
    serverMs: view.getFloat64(8, true),
    longitude: column((o) => new Float64Array(bytes, o, n), 8),
    latitude: column((o) => new Float64Array(bytes, o, n), 8),
    fixMs: column((o) => new Float64Array(bytes, o, n), 8),
    index: column((o) => new Uint32Array(bytes, o, n), 4),
    speedMps: column((o) => new Float32Array(bytes, o, n), 4),
    headingDeg: column((o) => new Float32Array(bytes, o, n), 4),
  };
}

/** Read a text message; `null` for one this console does not know (a newer server's). */
export function decodeText(text: string): LiveText | null {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof message !== 'object' || message === null) return null;
  const { type } = message as { type?: unknown };
  return type === 'movers' || type === 'heartbeat' ? (message as LiveText) : null;
}
