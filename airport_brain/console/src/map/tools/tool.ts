/** The tool that is in hand. */

import type { Polygon } from 'geojson';
import type { LonLat } from '../geodesy';
import type { Fence } from './fences';

export type Tool =
  | { kind: 'distance' }
  | { kind: 'area' }
  /** `editing`: an existing fence, with the version that the editor saw. */
  | { kind: 'fence'; editing: { fence: Fence; version: number } | null };

/** Corners of a fence that can be edited here: a plain polygon without holes; `null` for others. */
export function cornersOf({ geometry }: Fence): LonLat[] | null {
  if (geometry.type !== 'Polygon' || geometry.coordinates.length !== 1) return null;
  return geometry.coordinates[0]!.slice(0, -1) as LonLat[];
}

/** The polygon of corners, closed and anticlockwise as GeoJSON has it. */
export function polygonOf(corners: readonly LonLat[]): Polygon {
  const double = corners.reduce((sum, [ax, ay], at) => {
    const [bx, by] = corners[(at + 1) % corners.length]!;
    return sum + (bx - ax) * (by + ay);
  }, 0);
  const ring = double > 0 ? [...corners].reverse() : [...corners];
  // Seven decimals are a centimetre.
  const rounded = ring.map(([x, y]) => [Number(x.toFixed(7)), Number(y.toFixed(7))]);
  return { type: 'Polygon', coordinates: [[...rounded, rounded[0]!]] };
}
