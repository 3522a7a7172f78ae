/** A filter by what movers do. */

import type { Motion } from '../motion';

/** "" is everybody. */
export type Only = '' | 'moving' | 'standing' | 'stale';

export const ONLY: readonly Only[] = ['', 'moving', 'standing', 'stale'];

const MOVING_MPS = 0.5;

/** Whether a mover is among those that are asked for. */
export function fits(motion: Motion, at: number, only: Only, nowMs: number): boolean {
  if (only === '') return true;
  const stale = motion.stale(at, nowMs);
  if (only === 'stale') return stale;
  return !stale && motion.speed[at]! > MOVING_MPS === (only === 'moving');
}
