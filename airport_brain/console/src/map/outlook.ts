/**
 * Which part of the ground the platform is asked to send movers of: what is seen and as much again
 * around it, so that a hand that moves the map finds movers where it uncovers the ground.
 */

import type { Bounds } from './filters';

/** Around what is seen, on each side, in its own width and height. */
const AROUND = 0.5;
/** An area this much larger than needed is given up, though it would do. */
const TOO_LARGE = 4;
/** Larger than this there is nothing to save, degrees. */
const EVERYWHERE_DEG = 2;

export class Outlook {
  private asked: Bounds | null = null;

  /** Nothing has been asked for, as on a new connection. */
  forget(): void {
    this.asked = null;
  }

  /** The message to send for what is seen now; null when what was asked for still does. */
  next(seen: Bounds): string | null {
    const wanted = around(seen);
    if (this.asked && holds(this.asked, seen) && area(this.asked) <= TOO_LARGE * area(wanted)) return null;
    this.asked = wanted;
    const [west, south, east, north] = wanted;
    const whole = east - west > EVERYWHERE_DEG || north - south > EVERYWHERE_DEG;
    return JSON.stringify({ type: 'view', bounds: whole ? null : wanted });
  }
}

function around([west, south, east, north]: Bounds): Bounds {
  const [width, height] = [(east - west) * AROUND, (north - south) * AROUND];
  return [west - width, Math.max(-90, south - height), east + width, Math.min(90, north + height)];
}

function holds(outer: Bounds, inner: Bounds): boolean {
  return outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
}

function area([west, south, east, north]: Bounds): number {
  return (east - west) * (north - south);
}
