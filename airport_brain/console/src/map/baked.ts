/**
 * Copies of meshes at their places as one mesh, for things that stand: one draw for all of them, and not
 * one for each kind and each copy.
 */

import { METRES_PER_DEGREE, metresPerDegreeEast, type LonLat } from './geodesy';
import type { Mesh } from './mesh';

export interface Copy {
  mesh: Mesh;
  at: LonLat;
  /** Turn, stretch and lift in metres east, north and up; columns of 4 x 4. */
  matrix: readonly number[];
  /** Multiplies the mesh's own colours, 0 to 1 each. */
  tint: readonly number[];
}

const WHITE = [1, 1, 1] as const;

/** Forward to a bearing, and moved. */
export function facing(bearing: number, [east, north, up]: readonly [number, number, number] = [0, 0, 0]): number[] {
  const turn = (bearing * Math.PI) / 180;
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  return [cos, -sin, 0, 0, sin, cos, 0, 0, 0, 0, 1, 0, east, north, up, 1];
}

export function copy(mesh: Mesh, at: LonLat, matrix: readonly number[], tint: readonly number[] = WHITE): Copy {
  return { mesh, at, matrix, tint };
}

/** Metres of the map's projection between two places, counted at the first: shapes are true there. */
export function mapMetres(origin: LonLat, [longitude, latitude]: LonLat): [east: number, north: number] {
  const stretched = (degrees: number): number => Math.asinh(Math.tan((degrees * Math.PI) / 180));
  const east = (longitude - origin[0]) * metresPerDegreeEast(origin[1]);
  const turn = ((stretched(latitude) - stretched(origin[1])) * 180) / Math.PI;
  return [east, turn * METRES_PER_DEGREE * Math.cos((origin[1] * Math.PI) / 180)];
}

/** One mesh in metres from an origin. */
export function bake(origin: LonLat, copies: readonly Copy[]): Mesh {
  const numbers = copies.reduce((sum, { mesh }) => sum + mesh.attributes.positions.value.length, 0);
  const positions = new Float32Array(numbers);
  const colors = new Float32Array(numbers);
  let at = 0;
  for (const one of copies) {
    put(one, origin, positions, colors, at);
    at += one.mesh.attributes.positions.value.length;
  }
  return {
    attributes: {
      positions: { value: positions, size: 3 },
      colors: { value: colors, size: 3 },
      normals: { value: new Float32Array(numbers), size: 3 },
    },
  };
}

function put(
  { mesh, at, matrix: m, tint }: Copy,
  origin: LonLat,
  positions: Float32Array,
  colors: Float32Array,
  to: number,
): void {
  const { positions: points, colors: paint } = mesh.attributes;
  const [east, north] = mapMetres(origin, at);
  // The map is larger towards the pole.
  const scale = Math.cos((origin[1] * Math.PI) / 180) / Math.cos((at[1] * Math.PI) / 180);
  for (let from = 0; from < points.value.length; from += 3) {
    const [x, y, z] = [points.value[from]!, points.value[from + 1]!, points.value[from + 2]!];
    for (let axis = 0; axis < 3; axis += 1) {
      const value = m[axis]! * x + m[axis + 4]! * y + m[axis + 8]! * z + m[axis + 12]!;
      positions[to + from + axis] = value * scale + (axis === 0 ? east : axis === 1 ? north : 0);
      colors[to + from + axis] = paint.value[from + axis]! * tint[axis]!;
    }
  }
}
