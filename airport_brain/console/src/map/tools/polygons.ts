/** What is wrong with a fence that somebody draws, found before the platform is asked. */

import type { Geometry, Position } from 'geojson';
import type { LonLat } from '../geodesy';
import { areaM2, lengthM } from './measuring';

export type Fault = 'few' | 'double' | 'crossing' | 'small' | 'outside';

/** The platform's own margin beyond the boundary is 2 m; a fence drawn to it with a mouse is not refused. */
const LEAST_AREA_M2 = 1;
const SAME_PLACE_M = 0.2;

/**
 * Faults of a ring whose last corner is not the first again, worst first.
 * @param boundary of the airport; `null` when it is not known
 */
export function faultsOf(corners: readonly LonLat[], boundary: Geometry | null): Fault[] {
  if (corners.length < 3) return ['few'];
  const faults: Fault[] = [];
  if (hasDouble(corners)) faults.push('double');
  if (crossesItself(corners)) faults.push('crossing');
  if (areaM2(corners) < LEAST_AREA_M2) faults.push('small');
  if (boundary && !within(corners, boundary)) faults.push('outside');
  return faults;
}

function hasDouble(corners: readonly LonLat[]): boolean {
  return corners.some((corner, at) => lengthM([corner, corners[(at + 1) % corners.length]!]) < SAME_PLACE_M);
}

/** Whether two sides that do not follow each other meet. */
export function crossesItself(corners: readonly LonLat[]): boolean {
  const count = corners.length;
  for (let one = 0; one < count; one += 1) {
    for (let other = one + 2; other < count; other += 1) {
      if (one === 0 && other === count - 1) continue;
      if (meet(corners[one]!, next(corners, one), corners[other]!, next(corners, other))) return true;
    }
  }
  return false;
}

function next(corners: readonly LonLat[], at: number): LonLat {
  return corners[(at + 1) % corners.length]!;
}

/** Whether two stretches have a point in common. */
function meet(a: Position, b: Position, c: Position, d: Position): boolean {
  const [abc, abd] = [side(a, b, c), side(a, b, d)];
  const [cda, cdb] = [side(c, d, a), side(c, d, b)];
  if (abc * abd < 0 && cda * cdb < 0) return true;
  return (
    (abc === 0 && between(a, b, c)) ||
    (abd === 0 && between(a, b, d)) ||
    (cda === 0 && between(c, d, a)) ||
    (cdb === 0 && between(c, d, b))
  );
}

/** Above 0 when `p` lies left of the way from `a` to `b`. */
function side([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position, [px = 0, py = 0]: Position): number {
  return (bx - ax) * (py - ay) - (by - ay) * (px - ax);
}

function between([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position, [px = 0, py = 0]: Position): boolean {
  return (
    Math.min(ax, bx) <= px && px <= Math.max(ax, bx) && Math.min(ay, by) <= py && py <= Math.max(ay, by)
  );
}

/** Whether a ring lies inside an area: its corners do, and no side leaves it. */
function within(corners: readonly LonLat[], area: Geometry): boolean {
  const rings = ringsOf(area);
  if (!corners.every((corner) => isInside(corner, rings))) return false;
  const sides = corners.map((corner, at) => [corner, next(corners, at)] as const);
  return !rings.some((ring) =>
    ring.slice(1).some((to, at) => sides.some(([a, b]) => meet(a, b, ring[at]!, to))),
  );
}

function ringsOf(area: Geometry): Position[][] {
  if (area.type === 'Polygon') return area.coordinates;
  return area.type === 'MultiPolygon' ? area.coordinates.flat() : [];
}

/** Whether a point lies inside rings, by the even-odd rule. */
export function isInside([x, y]: LonLat, rings: readonly Position[][]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
      const [ax = 0, ay = 0] = ring[at]!;
      const [bx = 0, by = 0] = ring[before]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}
