/**
 * The vehicles as deck.gl layers over the map: markers, and names beside them.
 *
 * Once a second it is settled who is drawn and how ({@link Vehicles.settle}); between that only two
 * columns, place and heading, are filled anew for each picture ({@link Vehicles.layers}).
 */

import type { Layer } from '@deck.gl/core';
import { PathLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { Theme } from '../theme';
import { declutter, type Spot } from './declutter';
import { FLEET_NAMES } from './fleets';
import { fleetOfMover, inside, type Bounds } from './filters';
import { atlasSize, drawAtlas } from './icons';
import { metresPerPixel } from './geodesy';
import type { Motion } from './motion';
import { Signs, type Board, type Sign } from './signs';
import type { Box } from './placing';
import { sideFor, type Room, type Side } from './sides';
import { PLACE, spriteLayer, spritesFor, turnedTriangle, type Sprites } from './sprites';
import { fits, type Only } from './tools/only';
import type { Trails } from './tools/trails';

/** Names are written from this zoom on. */
export const NAMES_FROM_ZOOM = 15.6;
const NAMES_AT_MOST = 70;
/** In the scene far names are small and stand behind each other. */
const NAMES_IN_SCENE = 36;
/** Who is a little outside the picture is drawn all the same: it may drive in, or the hand may pull it in. */
const LEAST_MARGIN_DEG = 0.0006;
const MARGIN_SHARE = 0.15;
const NAME_PIXELS = 12;
const NAME_BOX: readonly [number, number] = [74, 18];
const NAME_SIZE = { width: NAME_BOX[0], height: NAME_BOX[1] };

export interface Sight {
  bounds: Bounds;
  zoom: number;
  latitude: number;
  fleetsOff: ReadonlySet<string>;
  only: Only;
  named: boolean;
  /** The scene, not the flat map. */
  three: boolean;
  theme: Theme;
  nowMs: number;
  project: (longitude: number, latitude: number) => { x: number; y: number };
  /** Where other names are, which none may cover, and numbers on the ground, which none had better cover. */
  taken: readonly Box[];
  numbers: readonly Box[];
}

type Rgba = [number, number, number, number];

interface Name extends Sign {
  at: number;
  side: Side;
}

/** Room for markers that come, so that columns are not made anew for each. */
const SPARE = 256;
const LOOKS = ['live', 'live-round', 'stale', 'stale-round'] as const;

const BOARDS: Readonly<Record<Theme, Board>> = {
  light: { ink: 'rgb(16 32 47)', back: 'rgb(255 255 255 / 84%)', room: [4, 1] },
  dark: { ink: 'rgb(232 239 245)', back: 'rgb(11 17 23 / 80%)', room: [4, 1] },
};

export class Vehicles {
  /** Indices of the movers that are drawn. */
  shown: number[] = [];
  /** Those of them that are drawn as markers, and as which. */
  private marked: number[] = [];
  /** Column and row of each marker in the picture of all markers. */
  private icons: number[] = [];
  private sprites: Sprites = spritesFor(0, 3);
  private names: Name[] = [];
  private readonly signs = new Signs('names');
  private atlas: { key: string; image: ImageData } | null = null;
  private trail: [number, number][] = [];
  private trailOf = -1;

  constructor(
    private readonly motion: Motion,
    private readonly trails: Trails,
  ) {}

  /**
   * Settle who is drawn, and with which marker and name.
   * @param modelled whether a mover is drawn as a model, by others.
   * @returns those who are drawn as models.
   */
  settle(sight: Sight, chosen: number, modelled: (at: number) => boolean): number[] {
    const [shown, marked, models]: [number[], number[], number[]] = [[], [], []];
    const margin = marginOf(sight.bounds);
    for (let at = 0; at < this.motion.size; at += 1) {
      if (!this.visible(at, sight, margin)) continue;
      shown.push(at);
      (modelled(at) ? models : marked).push(at);
    }
    const icons = marked.map((at) => this.icon(at, sight.nowMs));
    if (!same(icons, this.icons)) this.picture(icons);
    this.shown = shown;
    this.marked = marked;
    this.icons = icons;
    this.names = this.chooseNames(sight, chosen);
    this.follow(chosen);
    return models;
  }

  private visible(at: number, sight: Sight, margin: number): boolean {
    return (
      this.motion.placed(at) &&
      inside(sight.bounds, this.motion.lon[at]!, this.motion.lat[at]!, margin) &&
      !sight.fleetsOff.has(FLEET_NAMES[fleetOfMover(this.motion, at)]!) &&
      fits(this.motion, at, sight.only, sight.nowMs)
    );
  }

  private icon(at: number, nowMs: number): number {
    const round = Number.isNaN(this.motion.heading[at]!) ? 1 : 0;
    const stale = this.motion.stale(at, nowMs) ? 2 : 0;
    return fleetOfMover(this.motion, at) * LOOKS.length + stale + round;
  }

  /** Give every marker its part of the picture of all markers. */
  private picture(icons: readonly number[]): void {
    const { texture, textureMark } = this.sprites;
    const wide = texture.length >= icons.length * 6;
    this.sprites = {
      ...(wide ? this.sprites : spritesFor(icons.length + SPARE, 3)),
      count: icons.length,
      textureMark: textureMark + 1,
    };
    icons.forEach((icon, at) => {
      const [column, row] = [Math.floor(icon / LOOKS.length), icon % LOOKS.length];
      const [left, right] = [column / FLEET_NAMES.length, (column + 1) / FLEET_NAMES.length];
      const [tip, base] = [row / LOOKS.length, (row + 1) / LOOKS.length];
      this.sprites.texture.set([left, base, right, base, (left + right) / 2, tip], at * 6);
    });
  }

  private chooseNames(sight: Sight, chosen: number): Name[] {
    const named = sight.named && sight.zoom >= NAMES_FROM_ZOOM;
    const wanted = named ? this.shown : this.shown.filter((at) => at === chosen);
    const before = new Map(this.names.map(({ at, side }) => [at, side]));
    const lift = nameLift(markerPixels(sight.zoom, sight.latitude));
    const room: Room = { lift, ...NAME_SIZE, never: sight.taken, rather: sight.numbers };
    const sides = new Map<number, Side>();
    const spots = wanted.flatMap((at): Spot[] => {
      const { x, y } = sight.project(this.motion.shownLon[at]!, this.motion.shownLat[at]!);
      const side = sideFor({ x, y }, room, before.get(at) ?? 1) ?? (at === chosen ? 1 : null);
      if (side === null) return [];
      sides.set(at, side);
      // Who has a name keeps it while there is room: names that come and go are hard to read.
      const weight = (at === chosen ? 4 : 0) + (before.has(at) ? 2 : 0) + (this.motion.speed[at]! > 1 ? 1 : 0);
      return [{ at, x, y: y + side * lift, weight }];
    });
    const kept = declutter(spots, NAME_BOX[0], NAME_BOX[1], sight.three ? NAMES_IN_SCENE : NAMES_AT_MOST);
    return kept.map(({ at }) => ({ at, text: this.motion.names[at]?.label ?? '', size: NAME_PIXELS, side: sides.get(at)! }));
  }

  /** Keep the way of the chosen mover, beginning with its last minutes. */
  private follow(chosen: number): void {
    if (chosen !== this.trailOf) {
      this.trail = this.trails.of(this.motion.names[chosen]?.id ?? '').map(({ at }) => at);
      this.trailOf = chosen;
    }
    if (chosen < 0 || !this.motion.placed(chosen)) return;
    const here: [number, number] = [this.motion.lon[chosen]!, this.motion.lat[chosen]!];
    const last = this.trail[this.trail.length - 1];
    if (!last || last[0] !== here[0] || last[1] !== here[1]) this.trail = [...this.trail.slice(-600), here];
  }

  /** Layers for one picture. */
  layers(sight: Pick<Sight, 'zoom' | 'latitude' | 'theme' | 'three' | 'nowMs'>, chosen: number): (Layer | null)[] {
    const size = markerPixels(sight.zoom, sight.latitude);
    const dark = sight.theme === 'dark';
    return [
      ...(this.trailOf === chosen && this.trail.length > 1 ? [this.trailLayer(dark)] : []),
      ...(this.motion.placed(chosen) ? [this.ringLayer(chosen, size, dark)] : []),
      ...(this.marked.length > 0 ? [this.markerLayer(size, sight)] : []),
      this.nameLayer(size, sight),
    ];
  }

  private markerLayer(size: number, { theme, nowMs, three }: Pick<Sight, 'theme' | 'nowMs' | 'three'>): Layer {
    const { motion, marked, sprites } = this;
    const { places, corners } = sprites;
    marked.forEach((at, row) => {
      places[row * PLACE] = motion.shownLon[at]!;
      places[row * PLACE + 1] = motion.shownLat[at]!;
      turnedTriangle(corners, row, size, motion.shownHeading[at]! || 0);
    });
    return spriteLayer('markers', sprites, { image: this.atlasFor(theme, size), flat: true, hidden: three, mark: nowMs });
  }

  /** Every marker at the size at which it is drawn. */
  private atlasFor(theme: Theme, size: number): ImageData {
    const pixels = atlasSize(size * Math.max(1, devicePixelRatio));
    const key = `${theme} ${pixels}`;
    if (this.atlas?.key !== key) this.atlas = { key, image: drawAtlas(theme === 'dark', pixels) };
    return this.atlas.image;
  }

  private nameLayer(size: number, { theme, nowMs }: Pick<Sight, 'theme' | 'nowMs'>): Layer | null {
    const places = new Float64Array(this.names.length * PLACE);
    this.names.forEach(({ at }, row) => {
      places[row * PLACE] = this.motion.shownLon[at]!;
      places[row * PLACE + 1] = this.motion.shownLat[at]!;
    });
    return this.signs.layer(this.names, BOARDS[theme], places, nameLift(size), nowMs);
  }

  private ringLayer(chosen: number, size: number, dark: boolean): Layer {
    const { motion } = this;
    const colour: Rgba = dark ? [74, 163, 255, 255] : [11, 102, 195, 255];
    return new ScatterplotLayer<number>({
      id: 'ring',
      data: [chosen],
      getPosition: (at) => [motion.shownLon[at]!, motion.shownLat[at]!],
      radiusUnits: 'pixels',
      getRadius: size * 0.62 + 3,
      filled: true,
      stroked: true,
      getFillColor: [colour[0], colour[1], colour[2], 50],
      getLineColor: colour,
      lineWidthUnits: 'pixels',
      getLineWidth: 2.5,
    });
  }

  private trailLayer(dark: boolean): Layer {
    return new PathLayer<[number, number][]>({
      id: 'trail',
      data: [this.trail],
      getPath: (points) => points,
      getColor: dark ? [74, 163, 255, 200] : [11, 102, 195, 200],
      widthUnits: 'pixels',
      getWidth: 3,
      capRounded: true,
      jointRounded: true,
    });
  }
}

/** Height of a marker on screen: a sign from afar, near the size of a vehicle from close by. */
export function markerPixels(zoom: number, latitude: number): number {
  const sign = Math.min(24, Math.max(11, 11 + (zoom - 13) * 3.6));
  return Math.min(64, Math.max(sign, 11 / metresPerPixel(zoom, latitude)));
}

/** How far below its marker a name is, pixels. */
function nameLift(size: number): number {
  return Math.round(size / 2 + 9);
}

/** Degrees round what is seen of the ground. */
function marginOf([west, south, east, north]: Bounds): number {
  return Math.max(LEAST_MARGIN_DEG, MARGIN_SHARE * Math.min(east - west, north - south));
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}
