import { describe, expect, it } from 'vitest';
import type { LonLat } from '../geodesy';
import { areaM2, areaText, bearingText, lengthM, legsOf, metresText, roundM } from './measuring';

/** Geodesics on WGS84 as PROJ computes them. */
const KNOWN: readonly [from: LonLat, to: LonLat, metres: number, bearing: number][] = [
  [[121.336, 31.198], [121.336, 31.228], 3326.194, 0],
  [[121.336, 31.198], [121.366, 31.198], 2859.191, 89.992],
  [[121.805, 31.143], [121.82, 31.1], 4977.536, 163.291],
];
const RING: LonLat[] = [
  [121.33, 31.19],
  [121.35, 31.19],
  [121.35, 31.2],
  [121.33, 31.2],
];
const RING_M2 = 2_113_443.74;
const RING_ROUND_M = 6029.831;

describe('measuring', () => {
  it.each(KNOWN)('from %j to %j agrees with a geodesic', (from, to, metres, bearing) => {
    const [leg] = legsOf([from, to]);
    expect(Math.abs(leg!.metres - metres)).toBeLessThan(0.05);
    expect(Math.abs(leg!.bearingDeg - bearing)).toBeLessThan(0.02);
  });

  it('adds legs up, and knows the way back', () => {
    const [from, to] = KNOWN[2]!;
    expect(lengthM([from, to, from])).toBeCloseTo(2 * lengthM([from, to]), 6);
    expect(legsOf([to, from])[0]!.bearingDeg).toBeCloseTo(legsOf([from, to])[0]!.bearingDeg + 180, 6);
    expect(lengthM([from])).toBe(0);
    expect(legsOf([])).toEqual([]);
  });

  it('has the area and the length round of a ring, whichever way it is drawn', () => {
    expect(Math.abs(areaM2(RING) / RING_M2 - 1)).toBeLessThan(1e-5);
    expect(areaM2([...RING].reverse())).toBeCloseTo(areaM2(RING), 3);
    expect(Math.abs(roundM(RING) - RING_ROUND_M)).toBeLessThan(0.1);
    expect(areaM2(RING.slice(0, 2))).toBe(0);
    expect(roundM(RING.slice(0, 1))).toBe(0);
  });

  it('is written as people read it', () => {
    expect([12.34, 345.4, 3400.2, 12_345].map(metresText)).toEqual(['12.3 m', '345 m', '3,400 m', '12.35 km']);
    expect([850, 21_600, 3_200_000].map(areaText)).toEqual(['850 m²', '21,600 m² · 2.16 ha', '3.20 km²']);
    expect([0, 7.34, 177.3, 359.97].map(bearingText)).toEqual(['000.0°', '007.3°', '177.3°', '000.0°']);
  });
});
