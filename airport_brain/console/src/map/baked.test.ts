import { describe, expect, it } from 'vitest';
import { bake, copy, facing, mapMetres } from './baked';
import { ahead, type LonLat } from './geodesy';
import type { Mesh } from './mesh';

const ORIGIN: LonLat = [121.8, 31.15];

function mesh(positions: number[], colors: number[]): Mesh {
  return {
    attributes: {
      positions: { value: Float32Array.from(positions), size: 3 },
      colors: { value: Float32Array.from(colors), size: 3 },
      normals: { value: new Float32Array(positions.length), size: 3 },
    },
  };
}

const ARROW = mesh([0, 10, 2], [1, 0.5, 0.25]);

function baked(...copies: Parameters<typeof bake>[1]): number[] {
  return [...bake(ORIGIN, copies).attributes.positions.value];
}

describe('copies as one mesh', () => {
  it.each([
    [0, 0, 10],
    [90, 10, 0],
    [180, 0, -10],
  ])('look to their bearing of %d', (bearing, east, north) => {
    const [x, y, z] = baked(copy(ARROW, ORIGIN, facing(bearing)));
    expect(x).toBeCloseTo(east, 4);
    expect(y).toBeCloseTo(north, 4);
    expect(z).toBeCloseTo(2, 4);
  });

  it('stand where they are, kilometres away too', () => {
    const far = ahead(ORIGIN, 90, 1000, -3000);
    const [east, north] = mapMetres(ORIGIN, far);
    const [x, y, z] = baked(copy(ARROW, far, facing(0, [5, 0, -1])));
    expect(x! - east).toBeCloseTo(5, 1);
    expect(y! - north).toBeCloseTo(10, 1);
    expect(z).toBeCloseTo(1, 2);
    expect(Math.hypot(east, north)).toBeGreaterThan(3150);
    expect(Math.hypot(east, north)).toBeLessThan(3170);
  });

  it('keep their order and take their tint', () => {
    const made = bake(ORIGIN, [copy(ARROW, ORIGIN, facing(0)), copy(ARROW, ORIGIN, facing(90), [0.5, 1, 0])]);
    expect([...made.attributes.colors.value]).toEqual([1, 0.5, 0.25, 0.5, 0.5, 0]);
    expect(made.attributes.normals.value).toHaveLength(6);
  });

  it('may be none', () => expect(baked()).toEqual([]));
});

describe('metres of the map', () => {
  it('are a little longer towards the pole, as the map is', () => {
    const [, north] = mapMetres(ORIGIN, [ORIGIN[0], ORIGIN[1] + 0.1]);
    const [, south] = mapMetres(ORIGIN, [ORIGIN[0], ORIGIN[1] - 0.1]);
    expect(north).toBeGreaterThan(-south);
    expect((north - south) / 2).toBeCloseTo(11_119.5, 0);
  });
});
