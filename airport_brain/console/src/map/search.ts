/** Finding a place or a vehicle by what a duty manager types: a stand number, a plate, a name. */

import type { MoverName } from './frame';
import type { LonLat } from './geodesy';
import { centroid } from './labels';
import { featuresOf, type Layers } from './layers';

export interface Found {
  kind: 'stand' | 'vehicle' | 'building' | 'facility' | 'taxiway' | 'runway';
  /** Feature id, or id of the mover. */
  id: string;
  zh: string;
  en: string;
  /** Stand number, plate or designator: what was typed is compared to this first. */
  key: string;
  /** Where it is; a vehicle has no fixed place. */
  at: LonLat | null;
}

const PLACES: readonly [layer: string, kind: Found['kind'], key: string][] = [
  ['stand', 'stand', 'number'],
  ['building', 'building', 'name_en'],
  ['facility', 'facility', 'name_en'],
  ['runway', 'runway', 'designator'],
  ['taxiway', 'taxiway', 'designator'],
];

/** Everything at an airport that has a place. */
export function placesOf(layers: Layers): Found[] {
  return PLACES.flatMap(([layer, kind, key]) =>
    featuresOf(layers, layer).map(({ properties, geometry }) => ({
      kind,
      id: properties.id,
      zh: properties.name_zh,
      en: properties.name_en,
      key: String(properties[key] ?? ''),
      at: centroid(geometry),
    })),
  );
}

/** The best answers, best first. */
export function search(
  text: string,
  places: readonly Found[],
  movers: readonly (MoverName | undefined)[],
  limit = 12,
): Found[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const scored: { found: Found; score: number }[] = [];
  for (const place of places) keep(scored, place, score(wanted, place.key, place.zh, place.en));
  for (const mover of movers) {
    if (!mover) continue;
    const points = score(wanted, mover.label, mover.id);
    if (points > 0) keep(scored, asFound(mover), points);
  }
  scored.sort((a, b) => b.score - a.score || a.found.key.localeCompare(b.found.key, 'en', { numeric: true }));
  return scored.slice(0, limit).map(({ found }) => found);
}

function keep(scored: { found: Found; score: number }[], found: Found, points: number): void {
  if (points > 0) scored.push({ found, score: points });
}

/** Exact 4, beginning 3, inside 2, inside another name 1, none 0. */
function score(wanted: string, key: string, ...others: string[]): number {
  const first = key.toLowerCase();
  if (first === wanted) return 4;
  if (first.startsWith(wanted)) return 3;
  if (first.includes(wanted)) return 2;
  return others.some((other) => other.toLowerCase().includes(wanted)) ? 1 : 0;
}

function asFound(mover: MoverName): Found {
  return {
    kind: 'vehicle',
    id: mover.id,
    zh: mover.label,
    en: mover.label,
    key: mover.label,
    at: null,
  };
}
