/** Aircraft on their stands, as the flight board knows them: in block and not yet off block. */

import type { Flight } from '../api/types';
import { ahead, distanceM, type LonLat } from './geodesy';
import { centroid } from './labels';
import { featuresOf, type Layers } from './layers';

export interface StandPlace {
  number: string;
  code: string;
  nose: LonLat;
  bearing: number;
}

export interface Parked {
  stand: string;
  /** Registration, or the flight when none is known. */
  label: string;
  registration: string;
  airline: string;
  type: string;
  code: string;
  nose: LonLat;
  bearing: number;
  arrival: Flight | null;
  departure: Flight | null;
}

/** A departure without an arrival stands there this long before it leaves. */
const BEFORE_MS = 3 * 3_600_000;
const GONE = new Set(['OFB', 'TKO', 'ATO', 'AIR']);
const THERE = new Set(['ONB', 'IBK']);
const NEVER = new Set(['DX', 'CX', 'CNL', 'NOP', 'DV', 'DIV']);

/** Stands of an airport by number. */
export function standPlaces(layers: Layers): Map<string, StandPlace> {
  return new Map(
    featuresOf(layers, 'stand').map(({ properties }) => [
      String(properties.number),
      {
        number: String(properties.number),
        code: String(properties.code),
        nose: properties.nose as LonLat,
        bearing: Number(properties.bearing_true_deg),
      },
    ]),
  );
}

/** An aircraft covers what is nearer than this to the middle of its stand. */
const COVERS_M = 24;

/** Ids of stands whose middle an aircraft covers: those that are taken, and those that overlap with them. */
export function coveredStands(layers: Layers, taken: ReadonlySet<string>): string[] {
  const stands = featuresOf(layers, 'stand').map(({ geometry, properties }) => ({
    id: properties.id,
    middle: centroid(geometry),
    taken: taken.has(String(properties.number)),
  }));
  const middles = stands.filter((one) => one.taken).map(({ middle }) => middle);
  return stands
    .filter((one) => one.taken || middles.some((middle) => distanceM(middle, one.middle) < COVERS_M))
    .map(({ id }) => id);
}

/** Who stands where. A stand has one aircraft: the one that came last. */
export function parkedOf(
  flights: readonly Flight[],
  stands: ReadonlyMap<string, StandPlace>,
  nowMs: number,
): Parked[] {
  const found = new Map<string, Parked & { sinceMs: number }>();
  for (const group of byAircraft(flights).values()) {
    const visit = visitOf(group, nowMs);
    if (!visit) continue;
    const { arrival, departure, sinceMs } = visit;
    const flight = (departure ?? arrival)!;
    const place = stands.get(departure?.stand || arrival?.stand || '');
    if (!place || (found.get(place.number)?.sinceMs ?? -Infinity) > sinceMs) continue;
    found.set(place.number, {
      stand: place.number,
      label: flight.registration || flight.display,
      registration: flight.registration,
      airline: flight.airline,
      type: flight.aircraft_type,
      code: place.code,
      nose: place.nose,
      bearing: place.bearing,
      arrival,
      departure,
      sinceMs,
    });
  }
  return [...found.values()].map(({ sinceMs: _, ...parked }) => parked);
}

function byAircraft(flights: readonly Flight[]): Map<string, Flight[]> {
  const groups = new Map<string, Flight[]>();
  for (const flight of flights) {
    if (NEVER.has(flight.status.code)) continue;
    const key = flight.registration || flight.id;
    groups.set(key, [...(groups.get(key) ?? []), flight]);
  }
  return groups;
}

interface Visit {
  arrival: Flight | null;
  departure: Flight | null;
  sinceMs: number;
}

/** The visit that an aircraft is in now, or null when it is not here. */
function visitOf(group: readonly Flight[], nowMs: number): Visit | null {
  const arrivals = group.filter(({ direction }) => direction === 'arrival').sort(byTime);
  const departures = group.filter(({ direction }) => direction === 'departure').sort(byTime);
  const arrival = arrivals.filter(inBlock).at(-1) ?? null;
  const leftMs = Math.max(-Infinity, ...departures.filter(offBlock).map(timeOf));
  const departure = departures.find((one) => !offBlock(one)) ?? null;
  if (arrival) {
    const sinceMs = timeOf(arrival);
    return leftMs > sinceMs ? null : { arrival, departure, sinceMs };
  }
  // Nothing says that it came; it is here when it is soon to leave and nobody waits for it.
  if (!departure || arrivals.length > 0 || leftMs > -Infinity) return null;
  const dueMs = timeOf(departure);
  if (dueMs - nowMs > BEFORE_MS || nowMs - dueMs > BEFORE_MS) return null;
  return { arrival: null, departure, sinceMs: dueMs - BEFORE_MS };
}

function inBlock({ actual_event, status }: Flight): boolean {
  return THERE.has(actual_event) || THERE.has(status.code);
}

function offBlock({ actual_event, status }: Flight): boolean {
  return GONE.has(actual_event) || GONE.has(status.code) || status.code === 'DEP';
}

function timeOf({ actual, estimated, scheduled }: Flight): number {
  return Date.parse(actual ?? estimated ?? scheduled ?? '') || 0;
}

function byTime(a: Flight, b: Flight): number {
  return timeOf(a) - timeOf(b);
}

/** Middle of a parked aircraft of a length. */
export function middleOf({ nose, bearing }: Parked, lengthM: number): LonLat {
  return ahead(nose, bearing, -lengthM / 2);
}
