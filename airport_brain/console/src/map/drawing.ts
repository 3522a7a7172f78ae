/**
 * When ground and what is over it are drawn.
 *
 * A quick machine draws both for every frame of the map. Where that takes long, a hand that drags the map
 * would wait for each: there the last picture goes with the hand at once, as the screen's compositor can
 * lay it ({@link Carried}), and is drawn anew with pauses between: the ground in one frame and what is over it
 * in the next, from where the ground was seen, so that the hand waits for one of them at most.
 */

import type { Map as MapLibre } from 'maplibre-gl';
import { Carried } from './carried';
import { Fence } from './fence';
import type { Overlay } from './overlay';
import { Sheet } from './sheet';

/** Of MapLibre what draws a frame, and what it does first: take up what the hand has done. */
interface Ground {
  _render: (paintMs: number) => void;
  _renderTaskQueue: { run: (paintMs: number) => void };
  _removed?: boolean;
  /** The frame that was asked for and has not come. */
  _frameRequest: AbortController | null;
  /** Where the camera is. */
  _camera: { _transform: Camera };
}

interface Camera {
  clone: () => Camera;
}

export interface Wishes {
  /** Whether the map moves and drawing is slow. */
  carrying: () => boolean;
  /** The ground is about to be drawn: settle in how much detail; says whether in full. */
  beforeGround: () => boolean;
  /** The same of what is over the ground. */
  beforeAbove: () => void;
}

/** Between two pictures the hand has so many times what they take, within bounds. */
const PAUSES = 2.5;
const PAUSE_MS: readonly [least: number, most: number] = [150, 600];
/** Weight of the newest picture in the mean. */
const NEWEST = 0.25;

export class Drawing {
  private readonly sheet: Sheet;
  /** The canvases themselves, and the sheet that may cover them. */
  private readonly ground: Carried;
  private readonly above: Carried;
  private readonly copied: Carried;
  /** From where the ground was seen for which what is over it is still to be drawn. */
  private half: Camera | null = null;
  private readonly draw: (paintMs: number) => void;
  private readonly fence = new Fence();
  /** The last picture is still being drawn. */
  private busy = false;
  /** The ground waits for that: what is over it must not go first again and again. */
  private waits = false;
  private doneMs = -Infinity;
  private meanMs = 0;
  /** Something was drawn in this frame. */
  private drew = false;
  /** Camera and size for which all that is over the ground was drawn last. */
  private aboveFrom = '';
  /** What is to be drawn first once the camera rests: nothing, everything, or only what is over the ground. */
  private left: '' | 'ground' | 'above' = '';

  constructor(
    private readonly map: MapLibre,
    private readonly overlay: Overlay,
    private readonly wishes: Wishes,
  ) {
    const inner = map as unknown as Ground;
    const above = (): HTMLElement[] => (overlay.element ? [overlay.element] : []);
    this.sheet = new Sheet(map.getContainer(), () => [map.getCanvas(), ...above()]);
    this.ground = new Carried(map, () => [map.getCanvas()]);
    this.above = new Carried(map, above);
    this.copied = new Carried(map, () => [this.sheet.element]);
    this.draw = inner._render.bind(map);
    inner._render = this.frame;
    let size = sizeOf(map);
    map.on('resize', () => {
      // Another number of pixels is none of the picture's size.
      if (sizeOf(map) === size) return;
      size = sizeOf(map);
      this.half = null;
      for (const picture of [this.ground, this.above, this.copied]) picture.lose();
    });
  }

  /** A frame of the map; at 0 it was asked for now and must be drawn. */
  private readonly frame = (paintMs: number): void => {
    if (paintMs === 0 || !this.wishes.carrying()) {
      // Nobody waits for it: one picture after the other.
      if (paintMs !== 0 && this.busy && !this.map.isMoving()) {
        this.waits = true;
        this.map.triggerRepaint();
        return;
      }
      this.half = null;
      const full = this.drawGround(paintMs);
      // Ground that came late is no reason to draw again what stands on it.
      const stale = paintMs === 0 || this.left !== '' || this.seenFrom() !== this.aboveFrom;
      if (stale) this.drawAbove();
      this.sheet.drop();
      this.left = full ? '' : 'ground';
      return;
    }
    const inner = this.map as unknown as Ground;
    inner._renderTaskQueue.run(paintMs);
    if (inner._removed) return;
    this.follow(paintMs);
    // What is still to be drawn must not wait for the hand.
    if (this.half || this.map.isMoving()) this.map.triggerRepaint();
  };

  /** Carry the last picture, or draw another if it is time or the last is too far off. */
  private follow(paintMs: number): void {
    const nowMs = performance.now();
    // A movement that begins takes the full picture with it first.
    if (this.left === '') this.doneMs = nowMs;
    this.left = 'ground';
    // Until the last is done another would only make the hand wait for both.
    const due = !this.busy && !this.half && this.map.isMoving() && nowMs - this.doneMs >= this.pauseMs();
    if (due) this.start(paintMs);
    else if (this.half && !this.busy) this.finish(this.half);
    if (this.carry()) return;
    if (!due) this.start(paintMs);
    this.finish(cameraOf(this.map));
  }

  /** Lay what is shown where its ground is now; says whether all of it is still of use. */
  private carry(): boolean {
    if (this.sheet.shown) return this.copied.carry();
    const ground = this.ground.carry();
    return this.above.carry() && ground;
  }

  /** Draw the ground of another picture, and show the last one still. */
  private start(paintMs: number): void {
    this.drawGround(paintMs);
    this.sheet.keep(this.map.getCanvas());
    this.half = cameraOf(this.map).clone();
  }

  /** Draw what is over that ground, from where it was seen, and show both. */
  private finish(camera: Camera): void {
    const { _camera: inner } = this.map as unknown as Ground;
    const now = inner._transform;
    inner._transform = camera;
    try {
      this.drawAbove();
      this.copied.drawn();
    } finally {
      inner._transform = now;
    }
    this.sheet.take(this.overlay.canvas);
    this.half = null;
  }

  private pauseMs(): number {
    return Math.min(PAUSE_MS[1], Math.max(PAUSE_MS[0], this.meanMs * PAUSES));
  }

  private drawGround(paintMs: number): boolean {
    const full = this.wishes.beforeGround();
    // Another number of pixels asks for another frame, which would be the same picture.
    if (paintMs === 0) this.forgetAsked();
    this.draw(paintMs);
    this.waits = false;
    this.ground.drawn();
    this.drawn(this.map.getCanvas());
    return full;
  }

  private forgetAsked(): void {
    const inner = this.map as unknown as Ground;
    inner._frameRequest?.abort();
    inner._frameRequest = null;
  }

  private drawAbove(): void {
    this.wishes.beforeAbove();
    this.drawMovers();
  }

  /** Whether movers may be drawn between two pictures of the ground. */
  get free(): boolean {
    return !this.busy && !this.waits;
  }

  /** Draw what is over the ground in the same detail, where everything is now. */
  drawMovers(): void {
    this.overlay.draw();
    this.above.drawn();
    this.aboveFrom = this.seenFrom();
    this.drawn(this.overlay.canvas);
  }

  private drawn(canvas: HTMLCanvasElement | null): void {
    this.drew = true;
    this.busy = true;
    this.fence.set(canvas, performance.now());
  }

  /** What tells one camera from another. */
  private seenFrom(): string {
    const { map } = this;
    const { lng, lat } = map.getCenter();
    return [lng, lat, map.getZoom(), map.getBearing(), map.getPitch(), sizeOf(map)].join();
  }

  /** Draw in full what has come to rest: one after the other, so that a hand need not wait for both. */
  finishInFull(): void {
    if (this.busy || this.half) return;
    if (this.left === 'ground') {
      this.drawGround(0);
      this.left = 'above';
    } else if (this.left === 'above') {
      this.drawAbove();
      this.sheet.drop();
      this.left = '';
    }
  }

  /**
   * Draw once, and not for anybody to see, what a hand will want: the first picture of its kind takes much longer
   * than others.
   * @param plainly draws as while the camera moves.
   */
  rehearse(plainly: (picture: () => void) => void): void {
    plainly(() => {
      this.start(0);
      this.finish(cameraOf(this.map));
    });
    this.drawGround(0);
    this.drawAbove();
    this.sheet.drop();
  }

  /** Whether all that is shown was drawn in full and is done. */
  get complete(): boolean {
    return !this.busy && this.left === '';
  }

  /**
   * The browser's next frame begins; the last one took so long.
   * @returns how long the frame took if it drew, and how long a picture took if it was done meanwhile; ms.
   */
  turn(nowMs: number, ms: number): { frameMs?: number; pictureMs?: number } {
    const { drew } = this;
    const { done, tookMs } = this.fence.passed(nowMs);
    this.busy = !done;
    this.drew = false;
    const picture = tookMs === undefined ? {} : { pictureMs: tookMs };
    if (!drew) return picture;
    this.doneMs = nowMs;
    this.meanMs += (ms - this.meanMs) * NEWEST;
    return { frameMs: ms, ...picture };
  }
}

function cameraOf(map: MapLibre): Camera {
  return (map as unknown as Ground)._camera._transform;
}

/** Of the map on the page. */
function sizeOf(map: MapLibre): string {
  const { clientWidth, clientHeight } = map.getContainer();
  return `${clientWidth} ${clientHeight}`;
}
