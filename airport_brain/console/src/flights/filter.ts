/** Which flights the board shows, and in which order. Pure. */
import type { Flight } from '../api/types';
import { placeName } from '../places/names';
import { isLate, phaseOf, PHASES } from './phase';
import type { Phase } from './phase';

export interface Filter {
  direction: 'all' | 'arrival' | 'departure';
  /** IATA code; empty: all. */
  airport: string;
  phase: Phase | 'all';
  lateOnly: boolean;
  /** Words that must all be found. */
  search: string;
}

export const NO_FILTER: Filter = {
  direction: 'all',
  airport: '',
  phase: 'all',
  lateOnly: false,
  search: '',
};

export type SortKey = 'time' | 'flight' | 'scheduled' | 'delay' | 'status' | 'stand';

export interface Order {
  key: SortKey;
  down: boolean;
}

/** The time a flight stands at: actual, else estimated, else scheduled, else its day. */
export function bestTime(flight: Flight): string {
  return flight.actual ?? flight.estimated ?? flight.scheduled ?? `${flight.origin_date}T00:00:00Z`;
}

const texts = new WeakMap<Flight, string>();

/** The end of the leg that is not the airport whose view this is. */
export function farEnd(flight: Flight): string {
  return flight.direction === 'arrival' ? flight.origin : flight.destination;
}

/** What a search looks through, in lower case. */
function searchText(flight: Flight): string {
  let text = texts.get(flight);
  if (text === undefined) {
    text = [
      flight.display,
      `${flight.airline} ${flight.flight_number}`,
      ...flight.codeshares,
      flight.origin,
      flight.destination,
      // The name of the far end only: "sha" must not find everything that lands in Shanghai.
      placeName(farEnd(flight), 'zh'),
      placeName(farEnd(flight), 'en'),
      flight.registration,
      flight.call_sign,
      flight.aircraft_type,
      flight.stand,
      ...flight.gates,
      ...flight.belts,
      flight.status.code,
      flight.status.zh,
      flight.status.en,
      flight.public_status,
    ]
      .join(' ')
      .toLowerCase();
    texts.set(flight, text);
  }
  return text;
}

/** Whether a flight passes everything but the phase and lateness. */
function fits(flight: Flight, filter: Filter, wanted: readonly string[]): boolean {
  if (filter.direction !== 'all' && flight.direction !== filter.direction) return false;
  if (filter.airport && flight.airport !== filter.airport) return false;
  return wanted.every((word) => searchText(flight).includes(word));
}

function words(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

export interface Counts extends Record<Phase, number> {
  all: number;
  late: number;
}

/** Flights of each phase among those that pass the rest of the filter. */
export function counts(flights: Iterable<Flight>, filter: Filter): Counts {
  const wanted = words(filter.search);
  const found = { all: 0, late: 0, ...Object.fromEntries(PHASES.map((p) => [p, 0])) } as Counts;
  for (const flight of flights) {
    if (!fits(flight, filter, wanted)) continue;
    found.all += 1;
    found[phaseOf(flight)] += 1;
    if (isLate(flight)) found.late += 1;
  }
  return found;
}

/** The flights to show, in order. */
export function selected(flights: Iterable<Flight>, filter: Filter, order: Order): Flight[] {
  const wanted = words(filter.search);
  const found: Flight[] = [];
  for (const flight of flights) {
    if (filter.phase !== 'all' && phaseOf(flight) !== filter.phase) continue;
    if (filter.lateOnly && !isLate(flight)) continue;
    if (fits(flight, filter, wanted)) found.push(flight);
  }
  return found.sort(comparison(order));
}

const naturally = new Intl.Collator('en', { numeric: true }).compare;

const COMPARE: Readonly<Record<SortKey, (a: Flight, b: Flight) => number>> = {
  time: (a, b) => compare(bestTime(a), bestTime(b)),
  flight: (a, b) => naturally(a.display, b.display),
  scheduled: (a, b) => compare(a.scheduled ?? '9', b.scheduled ?? '9'),
  delay: (a, b) => (a.delay_min ?? -1e6) - (b.delay_min ?? -1e6),
  status: (a, b) => PHASES.indexOf(phaseOf(a)) - PHASES.indexOf(phaseOf(b)),
  stand: (a, b) => naturally(a.stand || '~', b.stand || '~'),
};

function comparison({ key, down }: Order): (a: Flight, b: Flight) => number {
  const by = COMPARE[key];
  const sign = down ? -1 : 1;
  return (a, b) =>
    sign * by(a, b) || compare(bestTime(a), bestTime(b)) || naturally(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Airports whose views are on the board, the busiest first. */
export function airportsOf(flights: Iterable<Flight>): string[] {
  const found = new Map<string, number>();
  for (const flight of flights) found.set(flight.airport, (found.get(flight.airport) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).map(([code]) => code);
}

/** Index of the first flight at or after a moment in a list ordered by time. */
export function indexAt(flights: readonly Flight[], moment: string): number {
  let low = 0;
  let high = flights.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bestTime(flights[middle]!) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
