/**
 * Where movers were in the last minutes, as this screen has seen it.
 *
 * Kept by the movers' ids, because a new connection counts its movers anew. A standing mover adds
 * nothing, a moving one a point every few seconds, so an hour with 3,000 of them costs a few megabytes.
 */

import type { Frame, MoverName } from '../frame';
import type { LonLat } from '../geodesy';
import { lengthM } from './measuring';

/** Points older than this are forgotten. */
export const KEPT_MS = 10 * 60_000;
const LEAST_MS = 3000;
/** About 4 m: less is the noise of a receiver. */
const LEAST_DEG = 4e-5;

export interface TrailPoint {
  at: LonLat;
  fixMs: number;
}

export class Trails {
  private readonly kept = new Map<string, TrailPoint[]>();

  /** Take a frame of the live socket into account. */
  take(frame: Frame, names: readonly (MoverName | undefined)[]): void {
    for (let row = 0; row < frame.index.length; row += 1) {
      const id = names[frame.index[row]!]?.id;
      if (id) this.add(id, [frame.longitude[row]!, frame.latitude[row]!], frame.fixMs[row]!);
    }
  }

  private add(id: string, at: LonLat, fixMs: number): void {
    let points = this.kept.get(id);
    if (!points) this.kept.set(id, (points = []));
    const last = points.at(-1);
    if (last) {
      const still = Math.abs(last.at[0] - at[0]) + Math.abs(last.at[1] - at[1]) < LEAST_DEG;
      if (still || fixMs - last.fixMs < LEAST_MS) return;
    }
    points.push({ at, fixMs });
    const old = points.findIndex((point) => point.fixMs > fixMs - KEPT_MS);
    if (old > 0) points.splice(0, old);
  }

  /** Points of a mover, oldest first. */
  of(id: string): readonly TrailPoint[] {
    return this.kept.get(id) ?? [];
  }
}

export interface TrailFacts {
  minutes: number;
  metres: number;
  /** Over the whole time, stops included; m/s. */
  meanMps: number;
}

/** What a trail amounts to; `null` for one that has no length. */
export function trailFacts(points: readonly TrailPoint[]): TrailFacts | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) return null;
  const seconds = (last.fixMs - first.fixMs) / 1000;
  const metres = lengthM(points.map(({ at }) => at));
  return { minutes: seconds / 60, metres, meanMps: seconds > 0 ? metres / seconds : 0 };
}
