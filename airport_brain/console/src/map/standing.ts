/** What stands still but may change: parked aircraft, their names, the bridges that serve them. */

import type { Layer } from '@deck.gl/core';
import { SimpleMeshLayer } from '@deck.gl/mesh-layers';
import type { Theme } from '../theme';
import { tailColour } from './airlines';
import { bake, copy, facing, type Copy } from './baked';
import { partsOf, type Bridges, type Parts } from './bridges';
import { declutter } from './declutter';
import type { LonLat } from './geodesy';
import type { Kept } from './kept';
import { UNLIT, type Mesh } from './mesh';
import type { Models } from './models';
import { middleOf, type Parked } from './parked';
import { Signs, type Board } from './signs';

const NAME_BOX: readonly [number, number] = [92, 20];
const NAME_PIXELS = 12;
const NAMES_AT_MOST = 60;
export const REGISTRATIONS_FROM_ZOOM = 15.4;
export const AIRCRAFT_FROM_ZOOM = 12.6;
export const BRIDGES_FROM_ZOOM = 15.2;
/** From here on aircraft are more than a view from above; on the flat map a step later. */
const FORMS_FROM_ZOOM = 15.4;
const SHADOWS_FROM_ZOOM = 14.8;
/** On the flat map the stand's number is in the middle: the name is this much lower, pixels. */
const BELOW_NUMBER = 19;

const BOARDS: Readonly<Record<Theme, Board>> = {
  light: { ink: 'rgb(16 32 47)', back: 'rgb(232 242 252 / 88%)', room: [4, 1] },
  dark: { ink: 'rgb(232 239 245)', back: 'rgb(16 34 52 / 84%)', room: [4, 1] },
};

const SHADOW: Readonly<Record<Theme, readonly number[]>> = {
  light: [160, 167, 174],
  dark: [18, 25, 32],
};

/** What of the sight decides how things stand. */
export interface Look {
  zoom: number;
  theme: Theme;
  /** The scene, not the flat map. */
  three: boolean;
  /** Nothing that only decorates. */
  plain: boolean;
}

/** How aircraft are drawn. */
interface Form {
  form: 'aircraft' | 'plan';
  shadows: boolean;
}

export class Standing {
  private parked: Parked[] = [];
  private parkedText = '';
  private bridges: Bridges | null = null;
  private parts: Parts | null = null;
  /** Whose names are written. */
  private named: Parked[] = [];
  private readonly signs = new Signs('registrations');
  private readonly meshes = new Map<string, Mesh>();
  models: Models | null = null;

  constructor(private readonly kept: Kept) {}

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
    this.meshes.clear();
  }

  /** Settle whose names are written: as many as do not cover each other. */
  settle(zoom: number, project: (longitude: number, latitude: number) => { x: number; y: number }): void {
    const named = zoom < REGISTRATIONS_FROM_ZOOM ? [] : this.uncovered(project);
    const same = named.length === this.named.length && named.every((one, at) => one === this.named[at]);
    if (!same) this.named = named;
  }

  private uncovered(project: (longitude: number, latitude: number) => { x: number; y: number }): Parked[] {
    const spots = this.parked.map(({ nose, stand }, at) => ({
      at,
      ...project(nose[0], nose[1]),
      // Always the same order: names must not come and go.
      weight: -Number.parseInt(stand, 10) || 0,
    }));
    const inside = spots.filter(({ x, y }) => x > -100 && y > -100 && x < 6000 && y < 4000);
    return declutter(inside, NAME_BOX[0], NAME_BOX[1], NAMES_AT_MOST).map(({ at }) => this.parked[at]!);
  }

  layers(look: Look): Layer[] {
    const layers: Layer[] = [];
    const { models, parts } = this;
    if (!models) return layers;
    if (look.zoom >= AIRCRAFT_FROM_ZOOM && this.parked.length > 0) layers.push(...this.aircraft(models, look));
    const first = parts?.tunnel[0];
    if (look.three && look.zoom >= BRIDGES_FROM_ZOOM && first) {
      const make = (): Copy[] => bridgeCopies(models, parts!, look.theme);
      layers.push(this.layer('bridges', first.at, look.theme, make));
    }
    return layers;
  }

  private aircraft(models: Models, { zoom, theme, three, plain }: Look): Layer[] {
    const full: Form = {
      form: zoom >= (three ? FORMS_FROM_ZOOM : FORMS_FROM_ZOOM + 1) ? 'aircraft' : 'plan',
      shadows: zoom >= SHADOWS_FROM_ZOOM,
    };
    const shown: Form = plain ? { form: 'plan', shadows: false } : full;
    const { parked } = this;
    // Both stay with the graphics card: a hand that moves the map takes turns between them.
    const forms = new Map([full, shown].map((one) => [`${one.form}${one.shadows ? '-shaded' : ''}`, one]));
    return [...forms].map(([name, { form, shadows }]) => {
      const visible = form === shown.form && shadows === shown.shadows;
      const make = (): Copy[] => aircraftCopies(models, parked, theme, { form, shadows });
      return this.layer(`parked-${name}`, parked[0]!.nose, theme, make, visible);
    });
  }

  /** A layer of one mesh, baked when it is first wanted. */
  private layer(id: string, origin: LonLat, theme: Theme, copies: () => Copy[], visible = true): Layer {
    const key = `${id}:${theme}`;
    let mesh = this.meshes.get(key);
    if (!mesh) this.meshes.set(key, (mesh = bake(origin, copies())));
    const make = (): Layer =>
      new SimpleMeshLayer<LonLat>({
        id,
        data: [origin],
        mesh: mesh as never,
        getPosition: (at) => [at[0], at[1], 0],
        getColor: [255, 255, 255],
        visible,
        ...UNLIT,
      });
    return this.kept.layer(id, [mesh, visible], make);
  }

  /** Registrations above the aircraft. */
  names(zoom: number, theme: Theme, three: boolean): (Layer | null)[] {
    const { models, named } = this;
    if (!models || zoom < REGISTRATIONS_FROM_ZOOM || named.length === 0) return [];
    const make = (): Layer | null => {
      const places = named.flatMap((one) => {
        const type = models.aircraftType(one.type, one.code);
        return [...middleOf(one, models.lengthM(type)), three ? models.heightM(type) * 0.7 : 0];
      });
      // The aircraft covers the number that is painted on its stand.
      const signs = named.map(({ stand, label }) => ({ text: `${stand} · ${label}`, size: NAME_PIXELS }));
      const lift = three ? 0 : BELOW_NUMBER;
      return this.signs.layer(signs, BOARDS[theme], Float64Array.from(places), lift, performance.now());
    };
    return [this.kept.layer('registrations', [named, models, theme, three], make)];
  }
}

/** Aircraft on their stands; shadows first, for they lie under all of them. */
function aircraftCopies(models: Models, parked: readonly Parked[], theme: Theme, { form, shadows }: Form): Copy[] {
  const under: Copy[] = [];
  const above: Copy[] = [];
  for (const one of parked) {
    const type = models.aircraftType(one.type, one.code);
    const at = middleOf(one, models.lengthM(type));
    const shadow = shadows && models.shadow(type);
    if (shadow) {
      // A little towards north-west: the sun stands south-east.
      const height = models.heightM(type);
      const fallen = facing(one.bearing, [-height * 0.16, height * 0.22, -0.25]);
      under.push(copy(shadow, at, fallen, shares(SHADOW[theme])));
    }
    const [body, tail] = (['body', 'tail'] as const).map((part) => models.mesh(`${form}.${type}`, theme, part));
    if (body) above.push(copy(body, at, facing(one.bearing)));
    if (tail) above.push(copy(tail, at, facing(one.bearing), shares(night(tailColour(one.airline), theme))));
  }
  return [...under, ...above];
}

function bridgeCopies(models: Models, parts: Parts, theme: Theme): Copy[] {
  return (['tunnel', 'cab', 'legs'] as const).flatMap((name) => {
    const mesh = models.mesh(`bridge.${name}`, theme);
    return mesh ? parts[name].map(({ at, matrix }) => copy(mesh, at, matrix)) : [];
  });
}

/** A white mesh is dimmed by its materials; a colour of its own has to be dimmed here. */
function night(colour: readonly [number, number, number], theme: Theme): readonly number[] {
  // The tail's own material is white by day and dim by night already.
  return theme === 'dark' ? colour.map((value) => Math.min(255, value * 1.6 + 30)) : colour;
}

function shares(colour: readonly number[]): number[] {
  return colour.map((value) => value / 255);
}
