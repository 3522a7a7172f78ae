import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import type { LonLat } from '../geodesy';
import { at } from '../sampleAirport';
import { crossesItself, faultsOf } from './polygons';
import { polygonOf } from './tool';

const BOUNDARY: Polygon = {
  type: 'Polygon',
  coordinates: [[at(-1000, -1000), at(1000, -1000), at(1000, 1000), at(0, 0), at(-1000, 1000), at(-1000, -1000)]],
};
const SQUARE = [at(0, -500), at(100, -500), at(100, -400), at(0, -400)];

describe('a fence', () => {
  it('is right when it is plain and inside', () => {
    expect(faultsOf(SQUARE, BOUNDARY)).toEqual([]);
    expect(faultsOf(SQUARE.slice(0, 3), null)).toEqual([]);
  });

  it('needs three corners at three places', () => {
    expect(faultsOf([], BOUNDARY)).toEqual(['few']);
    expect(faultsOf(SQUARE.slice(0, 2), BOUNDARY)).toEqual(['few']);
    expect(faultsOf([...SQUARE, at(0, -400)], BOUNDARY)).toContain('double');
  });

  it('must not cross itself', () => {
    const [a, b, c, d] = SQUARE as [LonLat, LonLat, LonLat, LonLat];
    expect(crossesItself([a, c, b, d])).toBe(true);
    expect(faultsOf([a, c, b, d], BOUNDARY)).toContain('crossing');
    expect(crossesItself([a, b, c, d])).toBe(false);
    expect(crossesItself([a, b, c])).toBe(false);
  });

  it('must not go along itself', () => {
    expect(crossesItself([at(0, 0), at(100, 0), at(100, 50), at(50, 0), at(20, -30)])).toBe(true);
  });

  it('must not be nothing', () => {
    expect(faultsOf([at(0, -500), at(50, -500), at(100, -500)], null)).toContain('small');
  });

  it('must not reach beyond the boundary, with a corner or with a side alone', () => {
    expect(faultsOf([at(900, -500), at(1100, -500), at(900, -400)], BOUNDARY)).toEqual(['outside']);
    // Across the notch in the north: every corner lies inside.
    expect(faultsOf([at(-900, 800), at(-900, -900), at(900, -900), at(900, 800)], BOUNDARY)).toEqual(['outside']);
  });

  it('is written closed, anticlockwise, to the centimetre', () => {
    const { coordinates } = polygonOf([...SQUARE].reverse());
    const [ring] = coordinates;
    expect(ring).toHaveLength(5);
    expect(ring![0]).toEqual(ring![4]);
    expect(polygonOf(SQUARE).coordinates[0]).toHaveLength(5);
    expect(signedArea(ring!)).toBeGreaterThan(0);
    expect(signedArea(polygonOf(SQUARE).coordinates[0]!)).toBeGreaterThan(0);
    expect(String(ring![0]![0]).split('.')[1]!.length).toBeLessThanOrEqual(7);
  });
});

function signedArea(ring: number[][]): number {
  return ring
    .slice(1)
    .reduce((sum, [x = 0, y = 0], one) => sum + ring[one]![0]! * y - x * ring[one]![1]!, 0);
}
