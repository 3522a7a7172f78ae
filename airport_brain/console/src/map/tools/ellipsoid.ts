/**
 * Metres and bearings for what people measure, on the WGS84 ellipsoid.
 *
 * The drawing of the map does with a sphere (`geodesy.ts`), which is 0.3 % off along a meridian: ten
 * metres on a runway. Radii of curvature at the middle of a line are good to centimetres over an
 * airfield (NIMA TR8350.2, table 3.1: a and f).
 */

import type { LonLat } from '../geodesy';

const A = 6_378_137;
const F = 1 / 298.257223563;
const E2 = F * (2 - F);
const RADIANS = Math.PI / 180;

/** Metres of one degree at a latitude, eastwards and northwards. */
export function metresPerDegree(latitude: number): { east: number; north: number } {
  const sine = Math.sin(latitude * RADIANS);
  const w = 1 - E2 * sine * sine;
  const root = Math.sqrt(w);
  return {
    east: (A / root) * Math.cos(latitude * RADIANS) * RADIANS,
    north: ((A * (1 - E2)) / (w * root)) * RADIANS,
  };
}

/** Metres from one point to another, east and north. */
export function offsetM(from: LonLat, to: LonLat): [east: number, north: number] {
  const { east, north } = metresPerDegree((from[1] + to[1]) / 2);
  return [(to[0] - from[0]) * east, (to[1] - from[1]) * north];
}
