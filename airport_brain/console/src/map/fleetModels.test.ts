import { describe, expect, it } from 'vitest';
import { modelled, turnTo } from './fleetModels';
import { ahead, type LonLat } from './geodesy';
import { Motion } from './motion';

/** Where a point of a model comes to lie, east and north. */
function turned(headingDeg: number, x: number, y: number): [number, number] {
  const matrix = new Float32Array(24);
  turnTo(matrix, 12, headingDeg);
  const [a, b, , c, d, , , , up] = matrix.subarray(12);
  expect(up).toBe(1);
  return [a! * x + c! * y, b! * x + d! * y];
}

describe('a model', () => {
  it.each([
    [0, 0, 1],
    [90, 1, 0],
    [180, 0, -1],
    [270, -1, 0],
  ])('with heading %d looks that way', (heading, east, north) => {
    const [x, y] = turned(heading, 0, 1);
    expect(x).toBeCloseTo(east, 6);
    expect(y).toBeCloseTo(north, 6);
  });

  it('is not mirrored', () => {
    // Its right side lies south when it looks east.
    const [x, y] = turned(90, 1, 0);
    expect(x).toBeCloseTo(0, 6);
    expect(y).toBeCloseTo(-1, 6);
  });
});

describe('a mover', () => {
  const centre: LonLat = [121.8, 31.15];
  const eye = { centre, metresPerPixel: 0.77, heightPixels: 800 };

  function seen(kind: 'vehicle' | 'aircraft', awayM: number, zoom = 16.4): boolean {
    const motion = new Motion();
    motion.name([{ idx: 0, id: `${kind}:1`, kind, fleet: 'bus', label: '1' }]);
    [motion.lon[0], motion.lat[0]] = ahead(centre, 342, awayM);
    return modelled(motion, 0, zoom, eye);
  }

  it('is drawn as a model near by, as a marker far away and from above', () => {
    expect([0, 800, 3000].map((away) => seen('vehicle', away))).toEqual([true, true, false]);
    expect(seen('vehicle', 0, 15)).toBe(false);
  });

  it('is seen from further away when it is an aircraft', () => {
    expect(seen('aircraft', 3000)).toBe(true);
    expect(seen('aircraft', 0, 15)).toBe(true);
  });
});
