import { describe, expect, it } from 'vitest';
import { matrixTo, type Corners } from './carried';

/** Where a style sheet's `matrix3d` takes a point. */
function lay(m: readonly number[], x: number, y: number): [number, number] {
  const w = m[3]! * x + m[7]! * y + m[15]!;
  return [(m[0]! * x + m[4]! * y + m[12]!) / w, (m[1]! * x + m[5]! * y + m[13]!) / w];
}

function corners(...points: [number, number][]): Corners {
  return points.map(([x, y]) => ({ x, y })) as unknown as Corners;
}

const LOWER_HALF = corners([0, 400], [1280, 400], [1280, 800], [0, 800]);

describe('a picture that is laid where its ground is', () => {
  it('stays where it is while the camera stands', () => {
    expect(matrixTo(LOWER_HALF, LOWER_HALF)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
  });

  it('is moved and stretched with a flat map, and nothing else', () => {
    const moved = corners([10, 390], [1290, 390], [1290, 790], [10, 790]);
    expect(matrixTo(LOWER_HALF, moved)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 10, -10, 0, 1]);
    const nearer = corners([-640, 400], [1920, 400], [1920, 1200], [-640, 1200]);
    expect(matrixTo(LOWER_HALF, nearer)).toEqual([2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, -640, -400, 0, 1]);
  });

  it('has each corner where the leaning camera sees it, and straight lines stay straight', () => {
    const leaning = corners([-80, 430], [1210, 380], [1400, 820], [-160, 900]);
    const matrix = matrixTo(LOWER_HALF, leaning);
    LOWER_HALF.forEach(({ x, y }, at) => {
      const [right, down] = lay(matrix, x, y);
      expect(right).toBeCloseTo(leaning[at]!.x, 6);
      expect(down).toBeCloseTo(leaning[at]!.y, 6);
    });
    const [a, b, c] = [lay(matrix, 0, 600), lay(matrix, 640, 600), lay(matrix, 1280, 600)];
    const bent = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    expect(bent).toBeCloseTo(0, 4);
  });
});
