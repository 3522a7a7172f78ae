/**
 * What is drawn over the ground, picture after picture.
 *
 * Once a second it is settled who is to be seen and how; between that the same things are drawn where
 * they are now. While the camera moves, everything is drawn with the map, once for each of its pictures
 * and in as much detail as there is time for; while it stands, as often as {@link Pace} finds fit.
 */

import type { Layer } from '@deck.gl/core';
import type { Map as MapLibre } from 'maplibre-gl';
import { Drawing } from './drawing';
import { count, type Bounds, type Counts } from './filters';
import { AIRCRAFT_FROM_ZOOM, MODELS_FROM_ZOOM } from './fleetModels';
import type { Frame } from './frame';
import type { Airport } from './layers';
import type { Motion } from './motion';
import { Overlay } from './overlay';
import { Pace } from './pace';
import type { Box } from './placing';
import { isSoftware, Quality, rendererOf, type Detail } from './quality';
import { Stage } from './stage';
import { REGISTRATIONS_FROM_ZOOM } from './standing';
import { numberBoxes } from './standNumbers';
import type { Looks } from './style';
import type { Only } from './tools/only';
import type { Trails } from './tools/trails';
import { Vehicles } from './vehicles';
import { boundsOf, eyeOf, lensOf } from './views';

const SETTLE_MS = 1000;
/** While the camera moves, it is settled as often as this who is in the picture. */
const SETTLE_MOVING_MS = 150;
/** Movers so far outside of the picture are models already, metres. */
const EDGE_M = 120;
/** As long as the map itself was drawn this lately, movers are drawn with it and not between. */
const WITH_MAP_MS = 250;

export interface Shown {
  airport: Airport;
  looks: Looks;
  /** Index of the chosen mover, -1 for none. */
  chosen: number;
  fleetsOff: ReadonlySet<string>;
  only: Only;
  /** Ids of stands whose numbers aircraft cover. */
  covered: ReadonlySet<string>;
}

export interface Hearing {
  /** Once a second. */
  onCounts: (counts: Counts) => void;
  /** Where everybody is has been settled. */
  onSettled: () => void;
  /** From now on the ground is drawn without, or with, what only decorates it. */
  onPlain: (plain: boolean) => void;
}

export class Pictures {
  readonly overlay: Overlay;
  readonly vehicles: Vehicles;
  readonly stage: Stage;
  private readonly pace = new Pace();
  private readonly quality: Quality;
  private readonly drawing: Drawing;
  /** Detail of the ground, and of what is over it: a slow machine draws one after the other in full. */
  private detail: Detail;
  private above: Detail;
  private readonly gone = new AbortController();
  private running: number;
  private turnedMs = 0;
  private mapDrawnMs = -Infinity;
  private settledMs = 0;
  /** Zoom at which it was settled who is drawn as what. */
  private settledZoom = 0;
  private settledPlain = false;
  private settledMoversMs = 0;
  private dirty = true;
  /** What a hand that moves the scene will want has been drawn once. */
  private rehearsed = false;

  constructor(
    private readonly map: MapLibre,
    private readonly motion: Motion,
    trails: Trails,
    private readonly shown: () => Shown,
    private readonly hearing: Hearing,
  ) {
    this.vehicles = new Vehicles(motion, trails);
    // What has come may let more be settled.
    this.stage = new Stage(motion, () => this.settleSoon());
    this.quality = new Quality(isSoftware(rendererOf(map.getCanvas())));
    this.detail = this.above = this.quality.detail(performance.now());
    map.on('movestart', () => this.quality.begin());
    map.on('move', () => {
      this.dirty = true;
    });
    map.on('moveend', () => this.rested());
    map.on('render', () => this.mapDrawn());
    this.listenForHands();
    this.overlay = new Overlay(map, this.picture);
    this.drawing = new Drawing(map, this.overlay, {
      carrying: () => this.quality.detail(performance.now()).plain,
      beforeGround: () => this.adapt(),
      beforeAbove: () => this.adaptAbove(),
    });
    this.running = requestAnimationFrame(this.turn);
  }

  private rested(): void {
    this.quality.end(performance.now());
    this.settleSoon();
  }

  /** A hand is laid on the map; it may be taken off anywhere. */
  private listenForHands(): void {
    const { signal } = this.gone;
    const hold = (held: boolean) => () => this.quality.hold(held);
    this.map.getCanvasContainer().addEventListener('pointerdown', hold(true), { signal });
    for (const off of ['pointerup', 'pointercancel', 'blur']) window.addEventListener(off, hold(false), { signal });
  }

  private mapDrawn(): void {
    this.mapDrawnMs = performance.now();
  }

  /** Settle anew who is to be seen, with the next turn. */
  settleSoon(): void {
    this.dirty = true;
    this.settledMs = 0;
  }

  /** Take a frame of the live socket. */
  take(frame: Frame): void {
    const before = this.motion.size;
    this.motion.take(frame, performance.now());
    this.dirty = true;
    // Whoever is new shows at once.
    if (this.motion.size !== before || this.vehicles.shown.length === 0) this.settleSoon();
  }

  /** One turn of the loop: move everybody, draw if anything is different. */
  private readonly turn = (nowMs: number): void => {
    this.running = requestAnimationFrame(this.turn);
    const lastedMs = nowMs - this.turnedMs;
    const { frameMs, pictureMs } = this.drawing.turn(nowMs, lastedMs);
    if (frameMs !== undefined) this.quality.took(frameMs);
    if (pictureMs !== undefined) this.quality.done(pictureMs);
    this.turnedMs = nowMs;
    const { plain } = this.quality.detail(nowMs);
    if (this.quality.resting(nowMs) && !this.map.isMoving()) this.rest();
    if (!this.pace.due(nowMs)) return;
    const settle = nowMs - this.settledMs >= SETTLE_MS;
    const moved = this.motion.move(nowMs);
    if (settle) this.settle(nowMs);
    if (plain || (this.map.isMoving() && nowMs - this.mapDrawnMs < WITH_MAP_MS)) return;
    if ((moved || this.dirty || settle) && this.drawing.free) this.drawing.drawMovers();
  };

  /** The camera has stood for a while: draw in full, and be ready for a hand. */
  private rest(): void {
    this.drawing.finishInFull();
    if (this.rehearsed || !this.drawing.complete || !this.stage.whole || !this.quality.plainToCome) return;
    this.rehearsed = true;
    this.drawing.rehearse((picture) => this.quality.rehearse(picture));
  }

  /** Draw the ground in as much detail as there is time for; says whether that is in full. */
  private adapt(): boolean {
    const { share, plain } = this.detail;
    this.detail = this.quality.detail(performance.now());
    if (share !== this.detail.share) this.overlay.setGroundShare(this.detail.share);
    if (plain !== this.detail.plain) this.hearing.onPlain(this.detail.plain);
    return this.detail.share === 1;
  }

  /** The same for what is over the ground. */
  private adaptAbove(): void {
    const { share } = this.above;
    this.above = this.quality.detail(performance.now());
    if (share !== this.above.share) this.overlay.setShare(this.above.share);
  }

  /** Everything over the ground as it is now. */
  private readonly picture = (): (Layer | null)[] => {
    const nowMs = performance.now();
    const { looks, chosen } = this.shown();
    const { language, hidden, three } = looks;
    this.motion.move(nowMs);
    const sight = { ...this.sight(looks), language, hidden, three, plain: this.above.plain, lens: lensOf(this.map), nowMs };
    if (this.othersSeen(nowMs, sight)) this.settleMovers(nowMs);
    this.dirty = false;
    this.pace.drawn(nowMs);
    this.map.getContainer().dataset.scene = this.stage.whole ? 'whole' : '';
    return [...this.stage.layers(sight), ...this.vehicles.layers(sight, chosen), ...this.stage.names(sight)];
  };

  /** Whether movers are to be drawn as something else than what was settled. */
  private othersSeen(nowMs: number, { zoom, plain }: { zoom: number; plain: boolean }): boolean {
    if (formsAt(zoom) !== formsAt(this.settledZoom) || plain !== this.settledPlain) return true;
    return !plain && this.map.isMoving() && nowMs - this.settledMoversMs >= SETTLE_MOVING_MS;
  }

  private sight({ theme }: Looks) {
    const { map } = this;
    return { zoom: map.getZoom(), latitude: map.getCenter().lat, theme };
  }

  private settle(nowMs: number): void {
    this.settledMs = nowMs;
    const zoom = this.map.getZoom();
    const eye = eyeOf(this.map);
    this.stage.settle(eye, zoom, lensOf(this.map), this.numbers(zoom, eye.bounds), this.quality.plainToCome);
    this.settleMovers(nowMs);
    this.hearing.onCounts(count(this.motion, this.shown().airport.manifest.bounds, nowMs));
    this.hearing.onSettled();
  }

  /** Settle which movers are drawn, and as what: in a plain picture all are markers. */
  private settleMovers(nowMs: number): void {
    const { looks, chosen, fleetsOff, only } = this.shown();
    const sight = this.sight(looks);
    const eye = eyeOf(this.map);
    const { plain } = this.above;
    const lens = lensOf(this.map);
    const inPicture = (at: number): boolean => lens.sees([this.motion.lon[at]!, this.motion.lat[at]!], EDGE_M);
    this.settledMoversMs = nowMs;
    this.settledZoom = sight.zoom;
    this.settledPlain = plain;
    const models = this.vehicles.settle(
      {
        ...sight,
        bounds: eye.bounds,
        fleetsOff,
        only,
        named: !looks.hidden.has('label.vehicle'),
        three: looks.three,
        nowMs,
        project: this.project,
        taken: this.stage.boxes(looks.hidden),
        numbers: this.numbers(sight.zoom, eye.bounds) ?? [],
      },
      chosen,
      (at) => !plain && this.stage.modelled(at, sight.zoom, eye) && inPicture(at),
    );
    this.stage.settleModels(models, nowMs);
  }

  /** Where the ground has numbers of stands that other names could cover; `null` when stands have none. */
  private numbers(zoom: number, bounds: Bounds): Box[] | null {
    const { airport, looks, covered } = this.shown();
    if (looks.hidden.has('label.stand')) return null;
    return zoom < REGISTRATIONS_FROM_ZOOM ? [] : numberBoxes(airport.layers, covered, bounds, this.project);
  }

  private readonly project = (longitude: number, latitude: number) =>
    this.map.project([longitude, latitude]);

  /** What is seen of the ground. */
  bounds(): Bounds {
    return boundsOf(this.map);
  }

  destroy(): void {
    cancelAnimationFrame(this.running);
    this.gone.abort();
  }
}

/** At these zooms movers turn from markers into models. */
function formsAt(zoom: number): number {
  return Number(zoom >= AIRCRAFT_FROM_ZOOM) + Number(zoom >= MODELS_FROM_ZOOM);
}
