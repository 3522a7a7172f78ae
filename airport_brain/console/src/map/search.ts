/** Finding a place or a vehicle by what a duty manager types: a stand number, a plate, a name. */

import type { MoverName } from './frame';
import type { LonLat } from './geodesy';
import { centroid } from './labels';
import { featuresOf, type Layers } from './layers';

export interface Found {
  kind: 'stand' | 'gate' | 'flight' | 'vehicle' | 'building' | 'facility' | 'taxiway' | 'runway';
  /** Feature id, or id of the mover. */
  id: string;
  zh: string;
  en: string;
  /** Stand number, plate or designator: what was typed is compared to this first. */
  key: string;
  /** Where it is; a vehicle has no fixed place, a flight may have none. */
  at: LonLat | null;
  /** Of a gate or a flight: the stand that belongs to it. */
  stand?: string;
}

const PLACES: readonly [layer: string, kind: Found['kind'], key: string][] = [
  ['stand', 'stand', 'number'],
  ['building', 'building', 'name_en'],
  ['facility', 'facility', 'name_en'],
  ['runway', 'runway', 'designator'],
  ['taxiway', 'taxiway', 'designator'],
];

/** Words before a number that say what is meant: `登机口221`, `gate 221`, `twy B`. */
const KIND_WORDS: readonly [pattern: RegExp, kind: Found['kind']][] = [
  [/^(机位|stand\b)/, 'stand'],
  [/^(登机口|gate\b)/, 'gate'],
  [/^(航班|flight\b)/, 'flight'],
  [/^(滑行道|taxiway\b|twy\b)/, 'taxiway'],
  [/^(跑道|runway\b|rwy\b)/, 'runway'],
  [/^(车辆|车牌|vehicle\b)/, 'vehicle'],
];

export interface Wanted {
  /** Lower case, without the word that says the kind. */
  text: string;
  kind: Found['kind'] | null;
}

/** Read what somebody typed. */
export function wantedOf(typed: string): Wanted {
  const text = typed.trim().toLowerCase();
  for (const [pattern, kind] of KIND_WORDS) {
    const rest = text.replace(pattern, '').trim();
    if (rest !== text && rest !== '') return { text: rest, kind };
  }
  return { text, kind: null };
}

/** Everything at an airport that has a place. */
export function placesOf(layers: Layers): Found[] {
  return [...named(layers), ...gates(layers)];
}

/** A stand with a bridge has the gate of its number. */
function gates(layers: Layers): Found[] {
  return featuresOf(layers, 'stand')
    .filter(({ properties }) => properties.contact === true)
    .map(({ properties, geometry }) => {
      const number = String(properties.number);
      return {
        kind: 'gate',
        id: `${properties.id}.gate`,
        zh: `登机口 ${number}`,
        en: `Gate ${number}`,
        key: number,
        at: centroid(geometry),
        stand: number,
      };
    });
}

function named(layers: Layers): Found[] {
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

/** The best answers, best first; flights were found by the platform and only take their places. */
export function search(
  typed: string,
  places: readonly Found[],
  movers: readonly (MoverName | undefined)[],
  flights: readonly Found[] = [],
  limit = 12,
): Found[] {
  const { text, kind } = wantedOf(typed);
  if (!text) return [];
  const scored: { found: Found; score: number }[] = [];
  const meant = (one: Found['kind']): boolean => kind === null || kind === one;
  for (const place of places) {
    // A gate bears the number of its stand, and the stand is meant more often.
    const less = place.kind === 'gate' && kind === null ? 0.5 : 0;
    if (meant(place.kind)) keep(scored, place, score(text, place.key, place.zh, place.en) - less);
  }
  for (const flight of flights) {
    if (meant('flight') || kind === 'gate') keep(scored, flight, Math.max(1, score(text, flight.key)));
  }
  for (const mover of movers) {
    if (mover && meant('vehicle')) keep(scored, asFound(mover), score(text, mover.label, mover.id));
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
