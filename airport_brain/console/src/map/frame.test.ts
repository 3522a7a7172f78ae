import { describe, expect, it } from 'vitest';
import { decodeFrame, decodeText } from './frame';

/** Made by the platform's own encoder: movers 3 and 7, the second without speed and heading. */
const ENCODED =
  '41424d31020000000020ce3845ac79422fdd240681555e400000000000605e40a69bc420b0323f40' +
  '0000000000403f400000803845ac794200c0603845ac794203000000070000000000b0400000c07f' +
  '0000b4420000c07f';

function bytes(hex: string): ArrayBuffer {
  const pairs = hex.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)).buffer;
}

describe('a frame of the live socket', () => {
  it('gives the columns that the platform encoded', () => {
    const frame = decodeFrame(bytes(ENCODED));
    expect(frame.serverMs).toBe(1764230401250);
    expect([...frame.index]).toEqual([3, 7]);
    expect([...frame.longitude]).toEqual([121.336, 121.5]);
    expect([...frame.latitude]).toEqual([31.198, 31.25]);
    expect([...frame.fixMs]).toEqual([1764230400000, 1764230399500]);
    expect([...frame.speedMps]).toEqual([5.5, Number.NaN]);
    expect([...frame.headingDeg]).toEqual([90, Number.NaN]);
  });

  it('may be empty', () => {
    expect(decodeFrame(bytes('41424d31' + '00000000' + '00'.repeat(8))).index).toHaveLength(0);
  });

  it('is refused when its bytes are not a frame', () => {
    expect(() => decodeFrame(bytes('41424d31'))).toThrow(/shorter than its 16 byte header/);
    expect(() => decodeFrame(bytes('51'.repeat(16)))).toThrow(/ABM1/);
    expect(() => decodeFrame(bytes(ENCODED.slice(0, -2)))).toThrow(/expected 88/);
    expect(() => decodeFrame(bytes(`${ENCODED}00`))).toThrow(/expected 88/);
    expect(() => decodeFrame(bytes('41424d31ffffffff' + '00'.repeat(8)))).toThrow(RangeError);
  });
});

describe('a text of the live socket', () => {
  it('names movers or is a heartbeat; anything else is passed over', () => {
    const movers = [{ idx: 1, id: 'vehicle:1', kind: 'vehicle', fleet: 'bus', label: '民航A1' }];
    expect(decodeText(JSON.stringify({ type: 'movers', movers }))).toEqual({ type: 'movers', movers });
    expect(decodeText('{"type":"heartbeat","at":"2026-11-27T00:00:00Z","fixes_per_s":3}')?.type).toBe(
      'heartbeat',
    );
    expect(decodeText('{"type":"weather"}')).toBeNull();
    expect(decodeText('null')).toBeNull();
    expect(decodeText('{')).toBeNull();
  });
});
