/** What stands still but may change: parked aircraft, their names, the bridges that serve them. */

import type { Layer } from '@deck.gl/core';
import { TextLayer } from '@deck.gl/layers';
import { SimpleMeshLayer } from '@deck.gl/mesh-layers';
import type { Theme } from '../theme';
import { tailColour } from './airlines';
import { partsOf, type Bridges, type Part, type Parts } from './bridges';
import { declutter } from './declutter';
import { UNLIT } from './mesh';
import type { Models } from './models';
import { middleOf, type Parked } from './parked';

const FONT = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif';
const NAME_BOX: readonly [number, number] = [62, 20];
const NAMES_AT_MOST = 60;
export const REGISTRATIONS_FROM_ZOOM = 15.4;
export const AIRCRAFT_FROM_ZOOM = 12.6;
export const BRIDGES_FROM_ZOOM = 15.2;
/** From here on aircraft are more than a view from above; on the flat map a step later. */
const FORMS_FROM_ZOOM = 15.4;
const SHADOWS_FROM_ZOOM = 14.8;

export class Standing {
  private parked: Parked[] = [];
  private bridges: Bridges | null = null;
  private parts: Parts | null = null;
  /** Whose names are written. */
  private named: Parked[] = [];
  models: Models | null = null;

  setParked(parked: Parked[]): void {
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
  }

  /** Settle whose names are written: as many as do not cover each other. */
  settle(zoom: number, project: (longitude: number, latitude: number) => { x: number; y: number }): void {
    if (zoom < REGISTRATIONS_FROM_ZOOM) {
      this.named = [];
      return;
    }
    const spots = this.parked.map(({ nose, stand }, at) => ({
      at,
      ...project(nose[0], nose[1]),
      // Always the same order: names must not come and go.
      weight: -Number.parseInt(stand, 10) || 0,
    }));
    const inside = spots.filter(({ x, y }) => x > -100 && y > -100 && x < 6000 && y < 4000);
    this.named = declutter(inside, NAME_BOX[0], NAME_BOX[1], NAMES_AT_MOST).map(({ at }) => this.parked[at]!);
  }

  layers(zoom: number, theme: Theme, three: boolean): Layer[] {
    const { models } = this;
    if (!models) return [];
    const layers: Layer[] = [];
    if (zoom >= AIRCRAFT_FROM_ZOOM) layers.push(...this.aircraft(models, zoom, theme, three));
    if (three && zoom >= BRIDGES_FROM_ZOOM && this.parts) layers.push(...bridgeLayers(models, theme, this.parts));
    return layers;
  }

  private aircraft(models: Models, zoom: number, theme: Theme, three: boolean): Layer[] {
    const types = new Map<string, Parked[]>();
    for (const one of this.parked) {
      const type = models.aircraftType(one.type, one.code);
      types.set(type, [...(types.get(type) ?? []), one]);
    }
    const form = zoom >= (three ? FORMS_FROM_ZOOM : FORMS_FROM_ZOOM + 1) ? 'aircraft' : 'plan';
    return [...types].flatMap(([type, data]) => [
      ...(zoom >= SHADOWS_FROM_ZOOM ? this.shadow(models, type, data, theme) : []),
      ...this.painted(models, type, data, theme, form),
    ]);
  }

  /** The aircraft flat on the apron, a little towards north-west: the sun stands south-east. */
  private shadow(models: Models, type: string, data: Parked[], theme: Theme): Layer[] {
    const mesh = models.shadow(type);
    if (!mesh) return [];
    const height = models.heightM(type);
    return [
      new SimpleMeshLayer<Parked>({
        id: `parked-${type}-shadow`,
        data,
        mesh: mesh as never,
        getPosition: (one) => [...middleOf(one, models.lengthM(type)), 0] as [number, number, number],
        getOrientation: ({ bearing }) => [0, -bearing, 0],
        getTranslation: [-height * 0.16, height * 0.22, -0.25],
        getColor: theme === 'dark' ? [18, 25, 32] : [160, 167, 174],
        ...UNLIT,
        updateTriggers: { getColor: theme },
      }),
    ];
  }

  private painted(
    models: Models,
    type: string,
    data: Parked[],
    theme: Theme,
    form: 'aircraft' | 'plan',
  ): Layer[] {
    return (
      (['body', 'tail'] as const).flatMap((part) => {
        const mesh = models.mesh(`${form}.${type}`, theme, part);
        if (!mesh) return [];
        return [
          new SimpleMeshLayer<Parked>({
            id: `parked-${form}-${type}-${part}`,
            data,
            mesh: mesh as never,
            getPosition: (one) => [...middleOf(one, models.lengthM(type)), 0] as [number, number, number],
            getOrientation: ({ bearing }) => [0, -bearing, 0],
            getColor: ({ airline }) =>
              part === 'body' ? [255, 255, 255] : (night(tailColour(airline), theme) as [number, number, number]),
            ...UNLIT,
            updateTriggers: { getColor: theme },
          }),
        ];
      })
    );
  }

  /** Registrations above the aircraft. */
  names(zoom: number, dark: boolean, three: boolean): Layer[] {
    const { models } = this;
    if (!models || zoom < REGISTRATIONS_FROM_ZOOM) return [];
    return [
      new TextLayer<Parked>({
        id: 'registrations',
        data: this.named,
        fontFamily: FONT,
        fontSettings: { fontSize: 26, buffer: 3 },
        getText: ({ label }) => label,
        getPosition: (one) => {
          const type = models.aircraftType(one.type, one.code);
          const height = three ? models.heightM(type) * 0.7 : 0;
          return [...middleOf(one, models.lengthM(type)), height] as [number, number, number];
        },
        getSize: 12,
        // On the flat map the stand's number is in the middle.
        getPixelOffset: three ? [0, 0] : [0, 19],
        getColor: dark ? [232, 239, 245, 255] : [16, 32, 47, 255],
        background: true,
        getBackgroundColor: dark ? [16, 34, 52, 215] : [232, 242, 252, 225],
        backgroundPadding: [4, 1],
        // A name is to be read, whatever stands before it.
        parameters: { depthCompare: 'always' },
        updateTriggers: { getPosition: three },
      }),
    ];
  }
}

/** A white mesh is dimmed by its materials; a colour of its own has to be dimmed here. */
function night(colour: readonly [number, number, number], theme: Theme): readonly number[] {
  // The tail's own material is white by day and dim by night already.
  return theme === 'dark' ? colour.map((value) => Math.min(255, value * 1.6 + 30)) : colour;
}

function bridgeLayers(models: Models, theme: Theme, parts: Parts): Layer[] {
  return (['tunnel', 'cab', 'legs'] as const).flatMap((name) => {
    const mesh = models.mesh(`bridge.${name}`, theme);
    if (!mesh) return [];
    return [
      new SimpleMeshLayer<Part>({
        id: `bridge-${name}`,
        data: parts[name],
        mesh: mesh as never,
        getPosition: ({ at }) => [at[0], at[1], 0],
        getTransformMatrix: ({ matrix }) => matrix,
        getColor: [255, 255, 255],
        ...UNLIT,
      }),
    ];
  });
}
