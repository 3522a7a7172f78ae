import { describe, expect, it } from 'vitest';
import { ahead, distanceM, type LonLat } from './geodesy';
import { groupsOf } from './groups';

const CORNER: LonLat = [121.8, 31.15];
/** Over a field of some kilometres, a place every 90 m. */
const PLACES = Array.from({ length: 1600 }, (_, at) => ahead(CORNER, 0, 90 * (at % 40), 90 * Math.floor(at / 40)));

describe('groups', () => {
  const groups = groupsOf(PLACES, (place) => place);

  it('have everything once', () => {
    const all = groups.flatMap(({ members }) => members);
    expect(all).toHaveLength(PLACES.length);
    expect(new Set(all).size).toBe(PLACES.length);
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
  });

  it('hold what is near each other, and know how far that is', () => {
    expect(groups.length).toBeGreaterThan(150);
    for (const { origin, radiusM, members } of groups) {
      expect(radiusM).toBeLessThan(400);
      for (const place of members) expect(distanceM(origin, place)).toBeLessThanOrEqual(radiusM);
    }
  });

  it('keep their names when others come', () => {
    const fewer = groupsOf(PLACES.slice(0, 800), (place) => place);
    const names = new Set(groups.map(({ name }) => name));
    for (const { name } of fewer) expect(names).toContain(name);
  });

  it('of nothing are none', () => {
    expect(groupsOf([], (place: LonLat) => place)).toEqual([]);
  });
});
