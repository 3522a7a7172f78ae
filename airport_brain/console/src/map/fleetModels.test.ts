import { describe, expect, it } from 'vitest';
import { turnTo } from './fleetModels';

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
