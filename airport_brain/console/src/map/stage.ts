/**
 * The picture in three dimensions over the map: buildings from tiles, bridges, parked aircraft and
 * movers as models. On the flat map only the parked aircraft are drawn, as seen from above.
 */

import type { Layer } from '@deck.gl/core';
import type { Language } from '../language';
import type { Theme } from '../theme';
import { fetchBridges } from './bridges';
import { Built, type Eye } from './built';
import { FleetModels, modelled } from './fleetModels';
import type { Thing } from './glb';
import { Kept } from './kept';
import type { Layers } from './layers';
import type { Lens } from './lens';
import { fetchModels, type Models } from './models';
import type { Motion } from './motion';
import type { Parked } from './parked';
import type { Box } from './placing';
import type { Vector } from './ray';
import { namesFrom, roofNameLayer, roofNames, uncovered, type PlacedName, type RoofName } from './roofNames';
import { Signs } from './signs';
import { Standing } from './standing';

export interface StageSight {
  zoom: number;
  latitude: number;
  theme: Theme;
  language: Language;
  hidden: ReadonlySet<string>;
  nowMs: number;
  /** Less of everything that only decorates: the camera moves and the machine is slow. */
  plain: boolean;
  lens: Lens;
}

/** So often it is settled which names have room. */
const NAMES_MS = 500;

interface Named {
  /** What the names were made of, and when it was settled which have room. */
  of: readonly unknown[];
  ms: number;
  all: RoofName[];
  shown: RoofName[];
  /** Where they were then. */
  boxes: readonly PlacedName[];
}

export class Stage {
  three = false;
  private readonly kept = new Kept();
  private readonly built: Built;
  private readonly standing = new Standing(this.kept);
  private readonly fleets: FleetModels;
  private readonly roofSigns = new Signs('roof-names');
  private named: Named = { of: [], all: [], shown: [], boxes: [], ms: -Infinity };
  private icao = '';
  private layersOf: Layers = {};

  constructor(
    private readonly motion: Motion,
    private readonly changed: () => void,
  ) {
    this.built = new Built(this.kept, changed);
    this.fleets = new FleetModels(motion);
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

  /**
   * @param numbers where the ground has numbers of stands; `null` when stands have none.
   * @param plainToCome a plain picture will be wanted.
   */
  settle(eye: Eye, zoom: number, lens: Lens, numbers: readonly Box[] | null, plainToCome: boolean): void {
    this.standing.settle(zoom, lens, this.three, numbers);
    if (this.three) this.built.settle(eye, plainToCome);
  }

  /** Where names of what stands are in the picture. */
  boxes(hidden: ReadonlySet<string>): readonly Box[] {
    return [
      ...(hidden.has('parked') ? [] : this.standing.boxes),
      ...(hidden.has('label.place') ? [] : this.named.boxes),
    ];
  }

  private get models(): Models | null {
    return this.standing.models;
  }

  /** Whether a mover is drawn as a model at a zoom. */
  modelled(at: number, zoom: number, eye: Eye): boolean {
    return this.three && this.models !== null && modelled(this.motion, at, zoom, eye);
  }

  /** Settle which movers are drawn as models. */
  settleModels(movers: readonly number[], nowMs: number): void {
    this.fleets.settle(movers, nowMs);
  }

  /** What stands, below the movers; a picture begins with it. */
  layers(sight: StageSight): Layer[] {
    const { three, models } = this;
    this.kept.begin();
    const built = three && !sight.hidden.has('building') ? this.built.layers(sight.theme, sight.plain, sight.lens) : [];
    const standing = sight.hidden.has('parked') ? [] : this.standing.layers({ ...sight, three });
    const moving = three && models ? this.fleets.layers(models, sight) : [];
    return [...built, ...standing, ...moving];
  }

  /** Names of what stands, above everything; a picture ends with it. */
  names(sight: StageSight): (Layer | null)[] {
    const { zoom, theme, hidden } = sight;
    const aircraft = hidden.has('parked') ? [] : this.standing.names(zoom, theme, this.three);
    if (hidden.has('label.place')) return aircraft;
    const names = this.roofNames(sight);
    const roofs = this.kept.layer('roof-names', [names, theme], () => roofNameLayer(this.roofSigns, names, theme));
    return [roofs, ...aircraft];
  }

  /** Names of buildings, aprons and facilities that have room; settled now and then, and the same list as long as it is so. */
  private roofNames({ zoom, language, lens, nowMs, hidden }: StageSight): RoofName[] {
    const { layersOf, three, named } = this;
    const facilities = !hidden.has('facility');
    const of = [layersOf, language, namesFrom(zoom), three, facilities];
    const known = of.every((part, at) => part === named.of[at]);
    if (known && nowMs - named.ms < NAMES_MS) return named.shown;
    const all = known ? named.all : roofNames(layersOf, { language, zoom, three, facilities });
    const boxes = uncovered(all, lens, hidden.has('parked') ? [] : this.standing.boxes);
    const shown = boxes.map(({ name }) => name);
    const same = known && shown.length === named.shown.length && shown.every((name, at) => name === named.shown[at]);
    this.named = { of, all, shown: same ? named.shown : shown, boxes, ms: nowMs };
    return this.named.shown;
  }

  /** Whether the scene is shown and nothing of it is still to come. */
  get whole(): boolean {
    return this.three && this.models !== null && this.built.whole;
  }

  /** The thing in a line of sight. */
  pick(near: Vector, far: Vector): Thing | null {
    return this.three ? this.built.pick(near, far) : null;
  }

  thing(id: string): Thing | null {
    return this.built.thing(id);
  }
}
