/** The flights of the live board, merged from its frames. Pure. */
import type { Flight } from '../api/types';

/** Frames of `/api/operations/flights/live`. */
export type Frame =
  | {
      type: 'snapshot';
      flights: Flight[];
      total: number;
      generated_at: string;
      last_message_at: string | null;
    }
  | { type: 'changed'; flights: Flight[] }
  | { type: 'heartbeat'; at: string; last_message_at: string | null };

/** What of a flight changed last, and when (milliseconds of the screen's clock). */
export interface Change {
  at: number;
  fields: ReadonlySet<keyof Flight>;
}

export interface Board {
  flights: ReadonlyMap<string, Flight>;
  changes: ReadonlyMap<string, Change>;
  /** Flights the gateway has; more than `flights` when the snapshot was cut. */
  total: number;
  /** When any source last spoke, as the gateway heard it. */
  lastMessageAt: string | null;
  /** Whether a snapshot came. */
  known: boolean;
}

export const EMPTY: Board = {
  flights: new Map(),
  changes: new Map(),
  total: 0,
  lastMessageAt: null,
  known: false,
};

/** A changed cell is marked for this long. */
export const MARKED_MS = 6000;

const WATCHED = [
  'scheduled',
  'estimated',
  'actual',
  'status',
  'stand',
  'gates',
  'belts',
  'terminal',
  'registration',
  'aircraft_type',
  'delay_min',
] as const satisfies readonly (keyof Flight)[];

/** Fields in which two states of a flight differ, of those a board shows. */
export function differences(before: Flight, after: Flight): Set<keyof Flight> {
  const changed = new Set<keyof Flight>();
  for (const field of WATCHED) {
    if (JSON.stringify(before[field]) !== JSON.stringify(after[field])) changed.add(field);
  }
  return changed;
}

/** Compared as moments: with and without a fraction of a second, texts sort wrongly. */
function isLater(a: string, b: string): boolean {
  return Date.parse(a) > Date.parse(b);
}

/** The board after a frame; `now` in milliseconds. The board given is left as it is. */
export function merged(board: Board, frame: Frame, now: number): Board {
  if (frame.type === 'heartbeat') {
    return frame.last_message_at === board.lastMessageAt
      ? board
      : { ...board, lastMessageAt: frame.last_message_at };
  }
  const fresh = frame.type === 'snapshot';
  const flights = new Map(fresh ? [] : board.flights);
  const changes = new Map(
    [...board.changes].filter(([, change]) => now - change.at < MARKED_MS),
  );
  let lastMessageAt = fresh ? frame.last_message_at : board.lastMessageAt;
  let added = 0;
  for (const flight of frame.flights) {
    const before = board.flights.get(flight.id);
    // Frames may cross: an older state never takes the place of a newer one.
    if (!fresh && before && isLater(before.updated_at, flight.updated_at)) continue;
    if (before) {
      const fields = differences(before, flight);
      if (fields.size > 0) changes.set(flight.id, { at: now, fields });
    } else if (board.known) {
      changes.set(flight.id, { at: now, fields: new Set(WATCHED) });
      added += 1;
    }
    if (lastMessageAt === null || isLater(flight.updated_at, lastMessageAt)) {
      lastMessageAt = flight.updated_at;
    }
    if (flight.hidden) flights.delete(flight.id);
    else flights.set(flight.id, flight);
  }
  const total = fresh ? frame.total : Math.max(board.total + added, flights.size);
  return { flights, changes, total, lastMessageAt, known: board.known || fresh };
}
