/** What a line of sight meets first: triangles of a tile, in metres east, north and up of its origin. */

import { METRES_PER_DEGREE, metresPerDegreeEast, type LonLat } from './geodesy';
import type { Primitive } from './glb';

export type Vector = readonly [number, number, number];

export interface Ray {
  from: Vector;
  /** Of any length; distances count in it. */
  along: Vector;
}

/** A place given by degrees and height, seen from an origin. */
export function localOf(origin: LonLat, [longitude, latitude, height]: Vector): Vector {
  return [
    (longitude - origin[0]) * metresPerDegreeEast(origin[1]),
    (latitude - origin[1]) * METRES_PER_DEGREE,
    height,
  ];
}

/** The ray from one place to another. */
export function rayBetween(origin: LonLat, near: Vector, far: Vector): Ray {
  const from = localOf(origin, near);
  const to = localOf(origin, far);
  return { from, along: [to[0] - from[0], to[1] - from[1], to[2] - from[2]] };
}

export interface Hit {
  distance: number;
  /** Row of the thing in the file's table, -1 when the file has none. */
  thing: number;
}

/** The nearest hit of a ray, or null. */
export function meet(ray: Ray, parts: readonly Primitive[]): Hit | null {
  let best: Hit | null = null;
  for (const { points, triangles, things } of parts) {
    for (let at = 0; at < triangles.length; at += 3) {
      const a = triangles[at]! * 3;
      const distance = meetTriangle(ray, points, a, triangles[at + 1]! * 3, triangles[at + 2]! * 3);
      if (distance !== null && (!best || distance < best.distance)) {
        best = { distance, thing: things ? things[a / 3]! : -1 };
      }
    }
  }
  return best;
}

/** Distance along a ray to a triangle's plane inside its sides (after Möller and Trumbore). */
function meetTriangle(
  { from, along }: Ray,
  points: Float32Array,
  a: number,
  b: number,
  c: number,
): number | null {
  const ax = points[a]!, ay = points[a + 1]!, az = points[a + 2]!;
  const ux = points[b]! - ax, uy = points[b + 1]! - ay, uz = points[b + 2]! - az;
  const vx = points[c]! - ax, vy = points[c + 1]! - ay, vz = points[c + 2]! - az;
  const px = along[1] * vz - along[2] * vy;
  const py = along[2] * vx - along[0] * vz;
  const pz = along[0] * vy - along[1] * vx;
  const determinant = ux * px + uy * py + uz * pz;
  if (Math.abs(determinant) < 1e-9) return null;
  const tx = from[0] - ax, ty = from[1] - ay, tz = from[2] - az;
  const u = (tx * px + ty * py + tz * pz) / determinant;
  if (u < 0 || u > 1) return null;
  const qx = ty * uz - tz * uy;
  const qy = tz * ux - tx * uz;
  const qz = tx * uy - ty * ux;
  const v = (along[0] * qx + along[1] * qy + along[2] * qz) / determinant;
  if (v < 0 || u + v > 1) return null;
  const distance = (vx * qx + vy * qy + vz * qz) / determinant;
  return distance > 0 ? distance : null;
}
