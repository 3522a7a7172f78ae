/**
 * The vehicles as deck.gl layers over the map.
 *
 * Once a second it is settled who is drawn and how ({@link Vehicles.settle}); between that only two
 * columns, place and heading, are filled anew for each picture ({@link Vehicles.layers}).
 */

import type { Layer } from '@deck.gl/core';
import { IconLayer, PathLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { Theme } from '../theme';
import { declutter, type Spot } from './declutter';
import { FLEET_NAMES } from './fleets';
import { fleetOfMover, inside, type Bounds } from './filters';
import { CELL, drawAtlas } from './icons';
import { metresPerPixel } from './geodesy';
import type { Motion } from './motion';
import { fits, type Only } from './tools/only';
import type { Trails } from './tools/trails';

/** Names are written from this zoom on. */
export const NAMES_FROM_ZOOM = 15.6;
const NAMES_AT_MOST = 70;
/** In the scene far names are small and stand behind each other. */
const NAMES_IN_SCENE = 36;
/** Who is this little outside the picture is drawn all the same: it may drive in before the next second. */
const SIGHT_MARGIN_DEG = 0.0006;
const NAME_BOX: readonly [number, number] = [74, 18];

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
}

type Rgba = [number, number, number, number];

interface Name {
  at: number;
  text: string;
}

const MAPPING = Object.fromEntries(
  FLEET_NAMES.flatMap((fleet, column) =>
    ['live', 'live-round', 'stale', 'stale-round'].map((look, row) => [
      `${fleet}:${look}`,
      { x: column * CELL, y: row * CELL, width: CELL, height: CELL, mask: false },
    ]),
  ),
);

export class Vehicles {
  /** Indices of the movers that are drawn. */
  shown: number[] = [];
  private icons: string[] = [];
  private iconsMark = 0;
  private names: Name[] = [];
  private characters = '';
  private positions = new Float64Array(0);
  private angles = new Float32Array(0);
  private atlas: { theme: Theme; image: ImageData } | null = null;
  private trail: [number, number][] = [];
  private trailOf = -1;

  constructor(
    private readonly motion: Motion,
    private readonly trails: Trails,
  ) {}

  /** Settle who is drawn, and with which marker and name. */
  settle(sight: Sight, chosen: number): void {
    const shown: number[] = [];
    const icons: string[] = [];
    for (let at = 0; at < this.motion.size; at += 1) {
      if (!this.visible(at, sight)) continue;
      shown.push(at);
      icons.push(this.icon(at, sight.nowMs));
    }
    if (!same(icons, this.icons) || !same(shown, this.shown)) this.iconsMark += 1;
    this.shown = shown;
    this.icons = icons;
    if (this.positions.length < shown.length * 3) {
      this.positions = new Float64Array(shown.length * 4);
      this.angles = new Float32Array(Math.ceil((shown.length * 4) / 3));
    }
    this.names = this.chooseNames(sight, chosen);
    this.follow(chosen);
  }

  private visible(at: number, sight: Sight): boolean {
    return (
      this.motion.placed(at) &&
      inside(sight.bounds, this.motion.lon[at]!, this.motion.lat[at]!, SIGHT_MARGIN_DEG) &&
      !sight.fleetsOff.has(FLEET_NAMES[fleetOfMover(this.motion, at)]!) &&
      fits(this.motion, at, sight.only, sight.nowMs)
    );
  }

  private icon(at: number, nowMs: number): string {
    const pointed = !Number.isNaN(this.motion.heading[at]!);
    const look = this.motion.stale(at, nowMs) ? 'stale' : 'live';
    return `${FLEET_NAMES[fleetOfMover(this.motion, at)]}:${look}${pointed ? '' : '-round'}`;
  }

  private chooseNames(sight: Sight, chosen: number): Name[] {
    const named = sight.named && sight.zoom >= NAMES_FROM_ZOOM;
    const wanted = named ? this.shown : this.shown.filter((at) => at === chosen);
    const before = new Set(this.names.map(({ at }) => at));
    const spots: Spot[] = wanted.map((at) => ({
      at,
      ...sight.project(this.motion.shownLon[at]!, this.motion.shownLat[at]!),
      // Who has a name keeps it while there is room: names that come and go are hard to read.
      weight: (at === chosen ? 4 : 0) + (before.has(at) ? 2 : 0) + (this.motion.speed[at]! > 1 ? 1 : 0),
    }));
    const kept = declutter(spots, NAME_BOX[0], NAME_BOX[1], sight.three ? NAMES_IN_SCENE : NAMES_AT_MOST);
    const names = kept.map(({ at }) => ({ at, text: this.motion.names[at]?.label ?? '' }));
    for (const { text } of names) {
      for (const letter of text) if (!this.characters.includes(letter)) this.characters += letter;
    }
    return names;
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

  /**
   * Layers for one picture.
   * @param models movers that are drawn as models by others.
   */
  layers(
    sight: Pick<Sight, 'zoom' | 'latitude' | 'theme'>,
    chosen: number,
    models: readonly number[] = [],
  ): Layer[] {
    const size = markerPixels(sight.zoom, sight.latitude);
    const dark = sight.theme === 'dark';
    return [
      this.trailLayer(chosen, dark),
      this.ringLayer(chosen, size, dark),
      ...(models.length < this.shown.length ? [this.markerLayer(size, sight.theme, new Set(models))] : []),
      this.nameLayer(size, dark),
    ];
  }

  private markerLayer(size: number, theme: Theme, without: ReadonlySet<number>): Layer {
    const { positions, angles, motion } = this;
    const kept = this.shown.map((at, row) => [at, row] as const).filter(([at]) => !without.has(at));
    const icons = kept.map(([, row]) => this.icons[row]!);
    const shown = kept.map(([at]) => at);
    shown.forEach((at, row) => {
      positions[row * 3] = motion.shownLon[at]!;
      positions[row * 3 + 1] = motion.shownLat[at]!;
      const heading = motion.shownHeading[at]!;
      angles[row] = Number.isNaN(heading) ? 0 : -heading;
    });
    return new IconLayer({
      id: 'markers',
      data: {
        length: shown.length,
        attributes: {
          getPosition: { value: positions, size: 3 },
          getAngle: { value: angles, size: 1 },
        },
      },
      iconAtlas: this.atlasFor(theme) as unknown as string,
      iconMapping: MAPPING,
      getIcon: (_: unknown, { index }: { index: number }) => icons[index]!,
      updateTriggers: { getIcon: [this.iconsMark, shown.length] },
      getSize: size,
      sizeUnits: 'pixels',
      billboard: false,
      alphaCutoff: 0.02,
    });
  }

  private atlasFor(theme: Theme): ImageData {
    if (this.atlas?.theme !== theme) this.atlas = { theme, image: drawAtlas(theme === 'dark') };
    return this.atlas.image;
  }

  private nameLayer(size: number, dark: boolean): Layer {
    const { motion } = this;
    return new TextLayer<Name>({
      id: 'names',
      data: [...this.names],
      characterSet: this.characters || ' ',
      fontFamily: '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif',
      // Near the size on screen: letters made much smaller look ragged.
      fontSettings: { fontSize: 26, buffer: 3 },
      getText: ({ text }) => text,
      getPosition: ({ at }) => [motion.shownLon[at]!, motion.shownLat[at]!],
      getSize: 12,
      getPixelOffset: [0, size / 2 + 9],
      getColor: dark ? [232, 239, 245, 255] : [16, 32, 47, 255],
      background: true,
      getBackgroundColor: dark ? [11, 17, 23, 205] : [255, 255, 255, 215],
      backgroundPadding: [4, 1],
      // A name is to be read, whatever stands before it.
      parameters: { depthCompare: 'always' },
    });
  }

  private ringLayer(chosen: number, size: number, dark: boolean): Layer {
    const { motion } = this;
    const colour: Rgba = dark ? [74, 163, 255, 255] : [11, 102, 195, 255];
    return new ScatterplotLayer<number>({
      id: 'ring',
      data: motion.placed(chosen) ? [chosen] : [],
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

  private trailLayer(chosen: number, dark: boolean): Layer {
    const path = this.trailOf === chosen && this.trail.length > 1 ? [this.trail] : [];
    return new PathLayer<[number, number][]>({
      id: 'trail',
      data: path,
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

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}
