/**
 * The picture in three dimensions over the map: buildings from tiles, bridges, parked aircraft and
 * movers as models. On the flat map only the parked aircraft are drawn, as seen from above.
 */

import type { Layer } from '@deck.gl/core';
import type { Language } from '../language';
import type { Theme } from '../theme';
import { fetchBridges } from './bridges';
import { Built, type Eye } from './built';
import { fleetLayers, modelled } from './fleetModels';
import type { Thing } from './glb';
import type { Layers } from './layers';
import { fetchModels, type Models } from './models';
import type { Motion } from './motion';
import type { Parked } from './parked';
import type { Vector } from './ray';
import { roofNameLayer, roofNames } from './roofNames';
import { Standing } from './standing';

export interface StageSight {
  zoom: number;
  latitude: number;
  theme: Theme;
  language: Language;
  hidden: ReadonlySet<string>;
  nowMs: number;
}

export class Stage {
  three = false;
  private readonly built: Built;
  private readonly standing = new Standing();
  private icao = '';
  private layersOf: Layers = {};

  constructor(
    private readonly motion: Motion,
    private readonly changed: () => void,
  ) {
    this.built = new Built(changed);
    fetchModels().then(
      (models) => {
        this.standing.models = models;
        changed();
      },
      (reason: unknown) => console.error(reason),
    );
  }

  /** Show another airport. */
  open(icao: string, layers: Layers): void {
    this.layersOf = layers;
    if (icao !== this.icao) {
      this.icao = icao;
      this.standing.setParked([]);
      this.standing.setBridges(null);
    }
    if (this.three) this.load();
  }

  /** Switch between the flat map and the scene. */
  setThree(three: boolean): void {
    this.three = three;
    if (three) this.load();
    this.changed();
  }

  /** Fetch what only the scene needs. */
  private load(): void {
    const { icao } = this;
    this.built.open(icao);
    fetchBridges(icao).then(
      (bridges) => {
        if (this.icao !== icao) return;
        this.standing.setBridges(bridges);
        this.changed();
      },
      (reason: unknown) => console.error(reason),
    );
  }

  setParked(parked: Parked[]): void {
    this.standing.setParked(parked);
    this.changed();
  }

  choose(thing: string): void {
    this.built.choose(thing);
  }

  settle(
    eye: Eye,
    zoom: number,
    project: (longitude: number, latitude: number) => { x: number; y: number },
  ): void {
    this.standing.settle(zoom, project);
    if (this.three) this.built.settle(eye);
  }

  get models(): Models | null {
    return this.standing.models;
  }

  /** Movers that are drawn as models at a zoom. */
  asModels(movers: readonly number[], zoom: number): number[] {
    if (!this.three || !this.models) return [];
    return movers.filter((at) => modelled(this.motion, at, zoom));
  }

  /** What stands, below the movers. */
  layers(sight: StageSight, models: readonly number[]): Layer[] {
    const { three } = this;
    const built = three && !sight.hidden.has('building') ? this.built.layers(sight.theme) : [];
    const standing = sight.hidden.has('parked') ? [] : this.standing.layers(sight.zoom, sight.theme, three);
    const moving = this.models ? fleetLayers(this.motion, models, this.models, sight) : [];
    return [...built, ...standing, ...moving];
  }

  /** Names of what stands, above everything. */
  names({ zoom, theme, language, hidden }: StageSight): Layer[] {
    const dark = theme === 'dark';
    const aircraft = hidden.has('parked') ? [] : this.standing.names(zoom, dark, this.three);
    if (!this.three || hidden.has('label.place')) return aircraft;
    return [roofNameLayer(roofNames(this.layersOf, language, zoom), dark), ...aircraft];
  }

  /** The thing in a line of sight. */
  pick(near: Vector, far: Vector): Thing | null {
    return this.three ? this.built.pick(near, far) : null;
  }

  thing(id: string): Thing | null {
    return this.built.thing(id);
  }
}
