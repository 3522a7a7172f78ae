/**
 * The airport's tileset (3D Tiles 1.1) as this map uses it: the cells of buildings, coarse and fine.
 *
 * The tree is small, so it is fetched whole; contents are fetched when they come into view. The
 * ground and its paint stay with the map below, which has them already.
 */

import { getBytes, getJson } from '../gateway/client';
import type { LonLat } from './geodesy';
import { readGlb, type Glb } from './glb';

export type TileLayer = 'far' | 'near';

/** One cell: where its metres count from, and its contents. */
export interface Cell {
  id: string;
  origin: LonLat;
  /** Half of its diagonal on the ground, and how far its middle lies from the origin, metres. */
  radiusM: number;
  far: string | null;
  near: string | null;
}

interface RawTile {
  boundingVolume: { box: number[] };
  content?: { uri: string };
  children?: RawTile[];
  extras?: { layer: string; origin: LonLat };
}

/** Cells of a tileset document. */
export function cellsOf(document: { root: RawTile }): Cell[] {
  return (document.root.children ?? [])
    .filter(({ extras }) => extras?.layer === 'far')
    .map((tile) => {
      const near = (tile.children ?? []).find(({ extras }) => extras?.layer === 'near');
      const [x = 0, y = 0, , a = 0, , , , b = 0] = tile.boundingVolume.box;
      return {
        id: near?.content?.uri ?? tile.content?.uri ?? '',
        origin: tile.extras!.origin,
        radiusM: Math.hypot(x, y) + Math.hypot(a, b),
        far: tile.content?.uri ?? null,
        near: near?.content?.uri ?? null,
      };
    });
}

/** Where an airport's scene is served. */
export function sceneAddress(icao: string): string {
  return `/api/spatiotemporal/airports/${icao}/scene`;
}

const trees = new Map<string, Promise<Cell[]>>();

/** Cells of an airport, fetched once. */
export function fetchCells(icao: string): Promise<Cell[]> {
  return kept(trees, icao, async () =>
    cellsOf(await getJson<{ root: RawTile }>(`${sceneAddress(icao)}/tileset.json`)),
  );
}

const contents = new Map<string, Promise<Glb>>();

/** A GLB file, fetched once. */
export function fetchGlb(address: string): Promise<Glb> {
  return kept(contents, address, async () => readGlb(await getBytes(address)));
}

function kept<T>(store: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let found = store.get(key);
  if (!found) {
    found = make();
    store.set(key, found);
    found.catch(() => store.delete(key));
  }
  return found;
}
