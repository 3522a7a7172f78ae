/** On which side of its marker a name hangs, so that it covers as little as can be. */

import { touches, type Box } from './placing';

/** Below its place, or above it. */
export type Side = 1 | -1;

export interface Room {
  /** How far from its marker a name hangs, and its size; pixels. */
  lift: number;
  width: number;
  height: number;
  /** What a name must not cover. */
  never: readonly Box[];
  /** What it only covers when there is no other place. */
  rather: readonly Box[];
}

/**
 * The side for a name, or `null` when there is room on neither.
 * @param before where it hung until now, and stays where that is as good as the other.
 */
export function sideFor(at: { x: number; y: number }, { lift, width, height, never, rather }: Room, before: Side): Side | null {
  const box = (side: Side): Box => ({ x: at.x, y: at.y + side * lift, width, height });
  const free = (side: Side, there: readonly Box[]): boolean => !there.some((other) => touches(box(side), other));
  const allowed = ([before, -before] as Side[]).filter((side) => free(side, never));
  return allowed.find((side) => free(side, rather)) ?? allowed[0] ?? null;
}
