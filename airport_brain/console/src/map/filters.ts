/** Which movers are shown, and how many there are of each fleet. */

import { FLEET_NAMES } from './fleets';
import type { Motion } from './motion';

/** Degrees round an airport within which its movers count; about 2 km. */
const AIRPORT_MARGIN_DEG = 0.02;

export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Whether a place lies within bounds, or no further than a margin in degrees outside. */
export function inside(
  [west, south, east, north]: Bounds,
  longitude: number,
  latitude: number,
  marginDeg = AIRPORT_MARGIN_DEG,
): boolean {
  return (
    longitude >= west - marginDeg &&
    longitude <= east + marginDeg &&
    latitude >= south - marginDeg &&
    latitude <= north + marginDeg
  );
}

export interface Counts {
  /** Movers at this airport by fleet, shown or not. */
  byFleet: Record<string, number>;
  total: number;
  stale: number;
  moving: number;
}

const MOVING_MPS = 0.5;

/** Count the movers at an airport. */
export function count(motion: Motion, bounds: Bounds, nowMs: number): Counts {
  const byFleet: Record<string, number> = {};
  const counts: Counts = { byFleet, total: 0, stale: 0, moving: 0 };
  for (let at = 0; at < motion.size; at += 1) {
    if (!motion.placed(at) || !inside(bounds, motion.lon[at]!, motion.lat[at]!)) continue;
    const fleet = FLEET_NAMES[fleetOfMover(motion, at)]!;
    byFleet[fleet] = (byFleet[fleet] ?? 0) + 1;
    counts.total += 1;
    if (motion.stale(at, nowMs)) counts.stale += 1;
    else if (motion.speed[at]! > MOVING_MPS) counts.moving += 1;
  }
  return counts;
}

/** Number of a mover's fleet. */
export function fleetOfMover(motion: Motion, at: number): number {
  return motion.fleet[at]!;
}
