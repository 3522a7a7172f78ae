/** What stands still but may change: parked aircraft, their names, the bridges that serve them. */

import type { Layer } from '@deck.gl/core';
import type { Theme } from '../theme';
import type { Copy } from './baked';
import { BakedLayers } from './bakedLayers';
import { partsOf, type Bridges, type Parts } from './bridges';
import { groupsOf, type Group } from './groups';
import type { Kept } from './kept';
import type { Lens } from './lens';
import type { Models } from './models';
import { middleOf, type Parked } from './parked';
import { placed, textWidth, type Box } from './placing';
import { Signs, type Board } from './signs';
import { aircraftCopies, bridgeCopies, type Form } from './standingCopies';
import { STAND_NUMBERS_FROM } from './styleNames';

const NAME_PIXELS = 12;
/** From afar only the stand's number is written, as small as on the ground. */
const FAR_NAME_PIXELS = 10;
const NAMES_AT_MOST = 60;
const NUMBERS_AT_MOST = 160;
export const REGISTRATIONS_FROM_ZOOM = 15.4;
export const AIRCRAFT_FROM_ZOOM = 12.6;
export const BRIDGES_FROM_ZOOM = 15.2;
/** From here on aircraft are more than a view from above; on the flat map a step later. */
const FORMS_FROM_ZOOM = 15.4;
const SHADOWS_FROM_ZOOM = 14.8;
/** An aircraft of usual length that is shorter than this on screen is a view from above, wherever it stands. */
const SMALL_PIXELS = 20;
const USUAL_LENGTH_M = 38;
/** How far what stands somewhere reaches from there: the longest aircraft, its shadow, a bridge. */
const REACH_M = 100;
/** On the flat map the name is below the aircraft's middle, and leaves its wings to be seen: share of its length, pixels. */
const BELOW_MIDDLE = 0.5;
const BELOW_PIXELS: readonly [least: number, most: number] = [9, 19];

/** As aircraft are drawn where there is no time for more. */
const PLAINEST: Form = { form: 'plan', shadows: false };

const BOARDS: Readonly<Record<Theme, Board>> = {
  light: { ink: 'rgb(16 32 47)', back: 'rgb(232 242 252 / 88%)', room: [4, 1] },
  dark: { ink: 'rgb(232 239 245)', back: 'rgb(16 34 52 / 84%)', room: [4, 1] },
};

/** What of the sight decides how things stand. */
export interface Look {
  zoom: number;
  theme: Theme;
  /** The scene, not the flat map. */
  three: boolean;
  /** Nothing that only decorates. */
  plain: boolean;
  lens: Lens;
}

/** An aircraft and what is written over it. */
interface Named extends Box {
  of: Parked;
  text: string;
  /** Height of the letters, pixels. */
  size: number;
}

interface Place {
  of: Parked;
  x: number;
  y: number;
}

/** Words for an aircraft. */
type Words = (of: Parked) => string;
const NUMBER: Words = ({ stand }) => stand;
const FULL: Words = ({ stand, label }) => `${stand} · ${label}`;

export class Standing {
  private parked: Parked[] = [];
  private parkedText = '';
  private bridges: Bridges | null = null;
  private parts: Parts | null = null;
  /** Aircraft that stand together; bridges that do, as rows of their parts. */
  private crowds: Group<Parked>[] = [];
  private rows: Group<number>[] = [];
  /** Whose names are written. */
  private named: Named[] = [];
  /** Where they are in the picture. */
  boxes: readonly Box[] = [];
  /** How far below the aircraft's middle they are, pixels. */
  private below = 0;
  private readonly signs = new Signs('registrations');
  private readonly baked: BakedLayers;
  models: Models | null = null;

  constructor(private readonly kept: Kept) {
    this.baked = new BakedLayers(kept);
  }

  setParked(parked: Parked[]): void {
    // Asked for again and again, it is nearly always the same.
    const text = JSON.stringify(parked.map(({ arrival: _, departure: __, ...here }) => here));
    if (text === this.parkedText) return;
    this.parkedText = text;
    this.parked = parked;
    this.dock();
  }

  setBridges(bridges: Bridges | null): void {
    this.bridges = bridges;
    this.dock();
  }

  private dock(): void {
    const taken = new Set(this.parked.map(({ stand }) => stand));
    this.parts = this.bridges && partsOf(this.bridges, taken);
    this.crowds = groupsOf(this.parked, ({ nose }) => nose);
    const tunnels = this.parts?.tunnel ?? [];
    this.rows = groupsOf([...tunnels.keys()], (row) => tunnels[row]!.at);
    this.baked.clear();
  }

  /**
   * Settle whose names are written: as many as do not cover each other; of the others the stand's number.
   * @param numbers where the ground has numbers of other stands, which only a number may cover; `null` when stands
   * have none, and then none is written from afar.
   */
  settle(zoom: number, lens: Lens, three: boolean, numbers: readonly Box[] | null): void {
    const { models } = this;
    const near = zoom >= REGISTRATIONS_FROM_ZOOM;
    const written = models !== null && (near || (numbers !== null && zoom >= STAND_NUMBERS_FROM));
    this.below = three ? 0 : this.belowMiddle(lens);
    const spots = written ? this.spots(models, lens, three) : [];
    const named = near ? nearNames(spots, numbers ?? []) : farNames(spots);
    const same = named.every((one, at) => alike(one, this.named[at]));
    this.boxes = named;
    if (!same || named.length !== this.named.length) this.named = named;
  }

  private belowMiddle(lens: Lens): number {
    const nose = this.parked[0]?.nose;
    const wanted = nose ? BELOW_MIDDLE * lens.pixels(USUAL_LENGTH_M, nose) : 0;
    return Math.round(Math.min(BELOW_PIXELS[1], Math.max(BELOW_PIXELS[0], wanted)));
  }

  /** Where names have their places in the picture, always in the same order: names must not come and go. */
  private spots(models: Models, lens: Lens, three: boolean): Place[] {
    const spots = this.parked.flatMap((of) => {
      const [longitude, latitude, height] = nameAt(models, of, three);
      const spot = lens.sees(of.nose, REACH_M) && lens.spot([longitude, latitude], height);
      return spot ? [{ of, x: spot.x, y: spot.y + this.below }] : [];
    });
    return spots.sort((a, b) => numberOf(a.of) - numberOf(b.of));
  }

  layers(look: Look): Layer[] {
    const layers: Layer[] = [];
    const { models, parts } = this;
    if (!models) return layers;
    if (look.zoom >= AIRCRAFT_FROM_ZOOM && this.parked.length > 0) layers.push(...this.aircraft(models, look));
    if (look.three && look.zoom >= BRIDGES_FROM_ZOOM && parts) layers.push(...this.docked(models, parts, look));
    return layers;
  }

  private aircraft(models: Models, look: Look): Layer[] {
    const { zoom, three, plain } = look;
    const full: Form = {
      form: zoom >= (three ? FORMS_FROM_ZOOM : FORMS_FROM_ZOOM + 1) ? 'aircraft' : 'plan',
      shadows: zoom >= SHADOWS_FROM_ZOOM,
    };
    const shown = plain ? PLAINEST : full;
    // Both stay with the graphics card: a hand that moves the map takes turns between them.
    const forms = new Map([full, PLAINEST].map((one) => [nameOf(one), one]));
    return [...forms.values()].flatMap((form) => {
      const visible = nameOf(form) === nameOf(shown);
      return form.form === 'plan' ? this.fromAbove(models, form, look, visible) : this.near(models, look, visible);
    });
  }

  /** All of them as one mesh: it has few corners. */
  private fromAbove(models: Models, form: Form, { theme }: Look, visible: boolean): Layer[] {
    const { parked } = this;
    const make = (): Copy[] => aircraftCopies(models, parked, theme, form);
    return this.baked.layer(`parked-${nameOf(form)}`, parked[0]!.nose, theme, make, visible);
  }

  /** Those in sight, the far ones as views from above. */
  private near(models: Models, { theme, lens }: Look, visible: boolean): Layer[] {
    return this.crowds.flatMap(({ name, origin, radiusM, members }) => {
      const seen = visible && lens.sees(origin, radiusM + REACH_M);
      const small = lens.pixels(USUAL_LENGTH_M, origin) < SMALL_PIXELS;
      return (['aircraft', 'plan'] as const).flatMap((form) => {
        const make = (): Copy[] => aircraftCopies(models, members, theme, { form, shadows: true });
        const id = `parked-${form}-${name}`;
        return this.baked.layer(id, origin, theme, make, seen && small === (form === 'plan'));
      });
    });
  }

  private docked(models: Models, parts: Parts, { theme, lens }: Look): Layer[] {
    return this.rows.flatMap(({ name, origin, radiusM, members }) => {
      const make = (): Copy[] => bridgeCopies(models, parts, members, theme);
      return this.baked.layer(`bridges-${name}`, origin, theme, make, lens.sees(origin, radiusM + REACH_M));
    });
  }

  /** Registrations above the aircraft. */
  names(zoom: number, theme: Theme, three: boolean): (Layer | null)[] {
    const { models, named, below } = this;
    if (!models || zoom < STAND_NUMBERS_FROM || named.length === 0) return [];
    const make = (): Layer | null => {
      const places = named.flatMap(({ of }) => nameAt(models, of, three));
      return this.signs.layer(named, BOARDS[theme], Float64Array.from(places), below, performance.now());
    };
    return [this.kept.layer('registrations', [named, models, theme, three, below], make)];
  }
}

/** Where an aircraft's name hangs: longitude, latitude, and metres above the ground. */
function nameAt(models: Models, of: Parked, three: boolean): [number, number, number] {
  const type = models.aircraftType(of.type, of.code);
  return [...middleOf(of, models.lengthM(type)), three ? models.heightM(type) * 0.7 : 0];
}

function alike({ of, text, size }: Named, other: Named | undefined): boolean {
  return of === other?.of && text === other.text && size === other.size;
}

function numberOf({ stand }: Parked): number {
  return Number.parseInt(stand, 10) || 0;
}

/** Stand and registration of as many as have room, and of the others the stand alone. */
function nearNames(spots: readonly Place[], there: readonly Box[]): Named[] {
  const full = placed(boxesOf(spots, FULL, NAME_PIXELS), there).slice(0, NAMES_AT_MOST);
  const written = new Set(full.map(({ of }) => of));
  const others = spots.filter(({ of }) => !written.has(of));
  return [...full, ...placed(boxesOf(others, NUMBER, NAME_PIXELS), full).slice(0, NUMBERS_AT_MOST)];
}

function farNames(spots: readonly Place[]): Named[] {
  return placed(boxesOf(spots, NUMBER, FAR_NAME_PIXELS)).slice(0, NUMBERS_AT_MOST);
}

function boxesOf(spots: readonly Place[], words: Words, size: number): Named[] {
  return spots.map((spot) => ({ ...spot, size, text: words(spot.of), ...roomOf(words(spot.of), size) }));
}

/** Room that a name in letters of a size takes, pixels. */
function roomOf(text: string, size: number): { width: number; height: number } {
  return { width: textWidth(text, size) + size, height: size + 5 };
}

function nameOf({ form, shadows }: Form): string {
  return `${form}${shadows ? '-shaded' : ''}`;
}
