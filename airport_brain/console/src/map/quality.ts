/**
 * How much is drawn while the camera moves, so that the map follows the hand on every machine.
 *
 * A picture that stands still is always drawn in full. While the camera moves, frames are timed; where
 * they take too long the next ones have fewer pixels and plainer things, where there is time to spare
 * they get them back. What was learned is kept for the next movement.
 */

export interface Detail {
  /** Pixels drawn per pixel of the screen, along each side. */
  share: number;
  /** Buildings as boxes, aircraft from above, nothing that only decorates. */
  plain: boolean;
}

/** From full to least. */
export const STEPS: readonly Detail[] = [
  { share: 1, plain: false },
  { share: 0.8, plain: false },
  { share: 0.65, plain: true },
  { share: 0.5, plain: true },
];

/** Where a renderer without a graphics card begins. */
const SOFTWARE_STEP = 3;
/** Frames slower than this are felt as lag; frames quicker than the other leave time to spare. */
const SLOW_MS = 60;
const QUICK_MS = 24;
/** Weight of the newest frame in the mean. */
const NEWEST = 0.25;
/** Frames after a change that must have been seen before the next. */
const SEEN_FRAMES = 4;
/** Quick frames in a row before more is tried; doubled each time that it proved too much. */
const CALM_FRAMES = 40;
const MOST_CALM_FRAMES = 1_280;
/**
 * So long after a movement the picture is drawn in full: the next movement may follow at once, and would
 * wait for a picture that takes long. So many times what it takes, within bounds.
 */
export const REST_MS = 250;
const MOST_REST_MS = 1_500;
const RESTS = 3;
/** A full picture that was slow once counts for less with each that is quicker. */
const FORGOTTEN = 0.75;

export class Quality {
  private step: number;
  private moving = false;
  /** A hand is on the map: it is about to move it. */
  private held = false;
  private rehearsing = false;
  /** What a full picture takes, at the worst of late. */
  private fullMs = 0;
  private endedMs = -Infinity;
  private meanMs = 0;
  private seen = 0;
  private calm = 0;
  private wantedCalm = CALM_FRAMES;
  /** The last change was upwards and has not proved itself. */
  private tried = false;

  constructor(software: boolean) {
    this.step = software ? SOFTWARE_STEP : 0;
  }

  /** The camera begins to move. */
  begin(): void {
    this.moving = true;
    this.meanMs = 0;
    this.seen = 0;
  }

  /** The camera stands. */
  end(nowMs: number): void {
    if (this.moving) this.endedMs = nowMs;
    this.moving = false;
  }

  /** A hand is laid on the map or taken off. */
  hold(held: boolean): void {
    this.held = held;
  }

  /** Whether the next movement is drawn plainly. */
  get plainToCome(): boolean {
    return STEPS[this.step]!.plain;
  }

  /** Draw for a moment as if the camera moved. */
  rehearse(picture: () => void): void {
    this.rehearsing = true;
    try {
      picture();
    } finally {
      this.rehearsing = false;
    }
  }

  /** A frame took so long, from its beginning to that of the next. */
  took(ms: number): void {
    if (!this.moving) return;
    this.seen += 1;
    this.meanMs = this.seen === 1 ? ms : this.meanMs + (ms - this.meanMs) * NEWEST;
    if (this.seen < SEEN_FRAMES) return;
    if (this.seen > CALM_FRAMES) this.tried = false;
    if (this.meanMs > SLOW_MS) this.lower();
    else if (this.meanMs < QUICK_MS) this.spare();
    else this.calm = 0;
  }

  /** A picture was done so long after it had been begun. */
  done(ms: number): void {
    if (!this.moving) this.fullMs = Math.max(ms, this.fullMs * FORGOTTEN);
  }

  private lower(): void {
    this.calm = 0;
    if (this.step === STEPS.length - 1) return;
    if (this.tried) this.wantedCalm = Math.min(MOST_CALM_FRAMES, this.wantedCalm * 2);
    this.tried = false;
    this.change(1);
  }

  private spare(): void {
    this.calm += 1;
    if (this.calm < this.wantedCalm || this.step === 0) return;
    this.tried = true;
    this.change(-1);
  }

  private change(by: number): void {
    this.step += by;
    this.seen = 0;
    this.calm = 0;
  }

  /** What is drawn now. */
  detail(nowMs: number): Detail {
    return STEPS[this.resting(nowMs) && !this.rehearsing ? 0 : this.step]!;
  }

  /** Whether the camera has stood for long enough. */
  resting(nowMs: number): boolean {
    const restMs = Math.min(MOST_REST_MS, Math.max(REST_MS, RESTS * this.fullMs));
    return !this.moving && !this.held && nowMs - this.endedMs >= restMs;
  }
}

/** Whether a WebGL renderer computes its pictures on the processor, by the name that it gives itself. */
export function isSoftware(renderer: string): boolean {
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer);
}

/** Name of the renderer behind a canvas; empty where the browser keeps it to itself. */
export function rendererOf(canvas: HTMLCanvasElement): string {
  const gl = canvas.getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
}
