/**
 * Buildings, masts and signs as meshes out of the airport's tiles.
 *
 * Each cell is shown coarse or fine by the error on screen, as 3D Tiles has it: boxes as long as the
 * details would be finer than a few pixels. Contents are fetched when they are first wanted.
 */

import type { Layer } from '@deck.gl/core';
import { SimpleMeshLayer } from '@deck.gl/mesh-layers';
import type { Theme } from '../theme';
import type { Bounds } from './filters';
import { distanceM, METRES_PER_DEGREE, metresPerDegreeEast, type LonLat } from './geodesy';
import type { Glb, Thing } from './glb';
import type { Kept } from './kept';
import type { Lens } from './lens';
import { meshOf, UNLIT, type Mesh } from './mesh';
import { meet, rayBetween, type Vector } from './ray';
import { fetchCells, fetchGlb, sceneAddress, type Cell } from './tileset';

/** Error of a cell of boxes, metres; the tileset's own figure. */
const BOXES_ERROR_M = 14;
/** Details are wanted when the boxes' error is larger than this on screen. */
const WANTED_PIXELS = 3;
/** A cell reaches so far upwards, more or less, metres: a tower. */
const TALLEST_M = 80;

export interface Eye {
  centre: LonLat;
  metresPerPixel: number;
  heightPixels: number;
  /** What the camera sees of the ground. */
  bounds: Bounds;
}

interface Content {
  uri: string;
  glb: Glb;
}

export class Built {
  private icao = '';
  private cells: Cell[] = [];
  private fine = new Set<string>();
  private seen: Cell[] = [];
  private readonly files = new Map<string, Glb>();
  /** Files that have been asked for and have not come. */
  private readonly awaited = new Set<string>();
  private settled = false;
  private readonly meshes = new Map<string, Mesh>();
  private chosen = '';
  /** Boxes have been wanted in the place of details. */
  private everPlain = false;

  /** @param changed called when there is more to draw. */
  constructor(
    private readonly kept: Kept,
    private readonly changed: () => void,
  ) {}

  /** Show another airport; what was there goes at once. */
  open(icao: string): void {
    if (icao === this.icao) return;
    this.icao = icao;
    this.cells = [];
    this.seen = [];
    this.files.clear();
    this.awaited.clear();
    this.settled = false;
    this.meshes.clear();
    fetchCells(icao).then(
      (cells) => {
        if (this.icao !== icao) return;
        this.cells = cells;
        this.changed();
      },
      (reason: unknown) => console.error(reason),
    );
  }

  /**
   * Settle which cells are shown in detail, and ask for what is missing.
   * @param plainToCome boxes will be wanted in the place of details.
   */
  settle(eye: Eye, plainToCome: boolean): void {
    if (plainToCome) this.everPlain = true;
    this.fine = new Set(this.cells.filter((cell) => errorPixels(cell, eye) > WANTED_PIXELS).map(({ id }) => id));
    this.seen = this.cells.filter((cell) => inSight(cell, eye.bounds));
    this.settled = this.cells.length > 0;
    for (const cell of this.seen) {
      const fine = this.fine.has(cell.id);
      if (cell.near && fine) this.ask(cell.near);
      if (cell.far && (!fine || this.everPlain)) this.ask(cell.far);
    }
  }

  private ask(uri: string): void {
    if (this.files.has(uri) || this.awaited.has(uri)) return;
    const icao = this.icao;
    this.awaited.add(uri);
    fetchGlb(`${sceneAddress(icao)}/${uri}`).then(
      (glb) => {
        if (this.icao !== icao) return;
        this.awaited.delete(uri);
        this.files.set(uri, glb);
        this.changed();
      },
      (reason: unknown) => {
        this.awaited.delete(uri);
        console.error(reason);
      },
    );
  }

  /** Whether all that is to be seen has come. */
  get whole(): boolean {
    return this.settled && this.awaited.size === 0;
  }

  /** The file that a cell is shown with now; a plain picture is content with boxes. */
  private shown(cell: Cell, plain = false): Content | null {
    const fine = !plain && this.fine.has(cell.id);
    const order = fine ? (['near', 'far'] as const) : (['far', 'near'] as const);
    for (const layer of order) {
      const uri = cell[layer];
      const glb = uri ? this.files.get(uri) : undefined;
      if (uri && glb) return { uri, glb };
    }
    return null;
  }

  /** Mark a thing by its id, or none. */
  choose(id: string): void {
    this.chosen = id;
    this.changed();
  }

  /** @param plain boxes where they have come, whatever was settled. */
  layers(theme: Theme, plain: boolean, lens: Lens): Layer[] {
    if (plain) this.everPlain = true;
    return this.seen.flatMap((cell) => {
      const inPicture = lens.sees(cell.origin, cell.radiusM + TALLEST_M);
      const now = this.shown(cell, plain);
      // Both stay with the graphics card: a hand that moves the map takes turns between them.
      const other = this.everPlain ? this.shown(cell, !plain) : null;
      const both = [now, other?.uri === now?.uri ? null : other];
      return both.flatMap((shown, at) => (shown ? [this.layer(cell, shown, theme, inPicture && at === 0)] : []));
    });
  }

  private layer(cell: Cell, { uri, glb }: Content, theme: Theme, visible: boolean): Layer {
    const mesh = this.mesh(uri, glb, theme);
    const make = (id: string): Layer =>
      new SimpleMeshLayer<Cell>({
        id,
        data: [cell],
        mesh: mesh as never,
        getPosition: ({ origin }) => [origin[0], origin[1], 0],
        getColor: [255, 255, 255],
        visible,
        ...UNLIT,
      });
    return this.kept.layer(`built-${this.icao}-${uri}`, [cell, mesh, visible], make);
  }

  private mesh(uri: string, glb: Glb, theme: Theme): Mesh {
    const marked = glb.things.findIndex(({ id }) => id === this.chosen);
    const key = `${uri}:${theme}:${marked}`;
    let mesh = this.meshes.get(key);
    if (!mesh) {
      const parts = glb.nodes.flatMap(({ primitives }) => primitives);
      mesh = meshOf(parts, theme, marked);
      this.meshes.set(key, mesh);
    }
    return mesh;
  }

  /** The thing that a line of sight meets first. */
  pick(near: Vector, far: Vector): Thing | null {
    let best: { distance: number; thing: Thing } | null = null;
    for (const cell of this.seen) {
      const shown = this.shown(cell);
      if (!shown) continue;
      const ray = rayBetween(cell.origin, near, far);
      const hit = meet(ray, shown.glb.nodes.flatMap(({ primitives }) => primitives));
      const thing = hit && shown.glb.things[hit.thing];
      if (hit && thing && (!best || hit.distance < best.distance)) best = { distance: hit.distance, thing };
    }
    return best?.thing ?? null;
  }

  /** A thing by its id, among what is loaded. */
  thing(id: string): Thing | null {
    for (const { things } of this.files.values()) {
      const found = things.find((one) => one.id === id);
      if (found) return found;
    }
    return null;
  }
}

/** Whether any of a cell lies within bounds. */
export function inSight({ origin, radiusM }: Pick<Cell, 'origin' | 'radiusM'>, bounds: Bounds): boolean {
  const east = radiusM / metresPerDegreeEast(origin[1]);
  const north = radiusM / METRES_PER_DEGREE;
  const [west, south, eastEnd, northEnd] = bounds;
  return (
    origin[0] + east > west &&
    origin[0] - east < eastEnd &&
    origin[1] + north > south &&
    origin[1] - north < northEnd
  );
}

/** How large the boxes' error is on screen, pixels. */
export function errorPixels(
  cell: Pick<Cell, 'origin' | 'radiusM'>,
  eye: Omit<Eye, 'bounds'>,
): number {
  return pixelsOf(BOXES_ERROR_M, Math.max(0, distanceM(cell.origin, eye.centre) - cell.radiusM), eye);
}

/** How long so many metres are on screen, so far from what the camera looks at; pixels. */
export function pixelsOf(lengthM: number, awayM: number, eye: Omit<Eye, 'bounds'>): number {
  // The camera hangs one and a half pictures above what it looks at.
  const cameraM = 1.5 * eye.heightPixels * eye.metresPerPixel;
  return lengthM / (eye.metresPerPixel * (1 + awayM / cameraM));
}
