/**
 * How often vehicles are drawn: 30 times a second where that is easy, less often on a slow machine,
 * so that a control room's old computer keeps a map that answers.
 */

const QUICK_MS = 33;
const SLOW_MS = 125;
/** Where a picture itself takes long, half of the time is left for the person. */
const LAZY_MS = 700;
/** Turns of the browser's loop further apart than this say that it cannot keep up. */
const BEHIND_MS = 60;

export class Pace {
  intervalMs = QUICK_MS;
  private lastTurnMs = 0;
  private lastDrawnMs = 0;
  private turnMs = 16;
  private justDrew = false;

  /** Whether a picture is due; call once per turn of the loop. */
  due(nowMs: number): boolean {
    const since = Math.min(500, nowMs - this.lastTurnMs);
    this.lastTurnMs = nowMs;
    // Only turns that follow a picture tell what pictures cost.
    if (this.justDrew) this.turnMs += (since - this.turnMs) * 0.1;
    this.justDrew = false;
    this.intervalMs =
      this.turnMs > BEHIND_MS
        ? Math.min(LAZY_MS, Math.max(SLOW_MS, this.turnMs * 2))
        : Math.min(SLOW_MS, Math.max(QUICK_MS, this.turnMs * 2));
    return nowMs - this.lastDrawnMs >= this.intervalMs - 4;
  }

  drawn(nowMs: number): void {
    this.lastDrawnMs = nowMs;
    this.justDrew = true;
  }
}
