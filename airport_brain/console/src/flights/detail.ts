/** A flight's history put in order for reading. Pure. */
import type { ClockEntry, FlightDetail, Statement } from '../api/types';

/** Events in the order in which a leg passes them. */
const EVENT_ORDER = [
  'CHK',
  'CHC',
  'GTO',
  'BST',
  'FCT',
  'BEN',
  'GCL',
  'OFB',
  'CTO',
  'TKO',
  'ATO',
  'TEN',
  'FNL',
  'TDN',
  'ONB',
  'FBG',
  'LBG',
];

const KIND_ORDER = ['SCT', 'TAR', 'CAL', 'EST', 'ACT'];

function rank(order: readonly string[], code: string): number {
  const at = order.indexOf(code);
  return at < 0 ? order.length : at;
}

export interface EventTimes {
  event: string;
  /** The current entry of each kind of time. */
  kinds: ReadonlyMap<string, ClockEntry>;
}

/** What is shown now, one row per event, in the order of a leg. */
export function currentTimes(times: readonly ClockEntry[]): EventTimes[] {
  const events = new Map<string, Map<string, ClockEntry>>();
  for (const entry of times) {
    if (!entry.current || entry.value === null) continue;
    const kinds = events.get(entry.qualifier) ?? new Map<string, ClockEntry>();
    kinds.set(entry.time_type, entry);
    events.set(entry.qualifier, kinds);
  }
  return [...events]
    .map(([event, kinds]) => ({ event, kinds }))
    .sort(
      (a, b) =>
        rank(EVENT_ORDER, a.event) - rank(EVENT_ORDER, b.event) || (a.event < b.event ? -1 : 1),
    );
}

/** Kinds of times that occur, scheduled first, actual last. */
export function kindsOf(rows: readonly EventTimes[]): string[] {
  const found = new Set(rows.flatMap((row) => [...row.kinds.keys()]));
  return [...found].sort((a, b) => rank(KIND_ORDER, a) - rank(KIND_ORDER, b));
}

/** Every entry, the last received first. */
export function history(times: readonly ClockEntry[]): ClockEntry[] {
  return [...times].sort(
    (a, b) =>
      Date.parse(b.received_at) - Date.parse(a.received_at) ||
      rank(EVENT_ORDER, a.qualifier) - rank(EVENT_ORDER, b.qualifier) ||
      rank(KIND_ORDER, a.time_type) - rank(KIND_ORDER, b.time_type),
  );
}

/** Fields about which sources say different things now. */
export function disputed(statements: readonly Statement[]): Set<string> {
  const said = new Map<string, Set<string>>();
  for (const { field, value } of statements) {
    const values = said.get(field) ?? new Set<string>();
    said.set(field, values.add(JSON.stringify(value)));
  }
  return new Set([...said].filter(([, values]) => values.size > 1).map(([field]) => field));
}

/** A value of any shape as one line. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join('; ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, one]) => `${name} ${plain(one)}`)
      .join(', ');
  }
  return String(value);
}

/** Where the original of a message can be fetched. */
export function originalPath(messageId: string): string {
  return `/api/operations/messages/${encodeURIComponent(messageId)}`;
}

/** The last part of a feed's name, which is what people call it. */
export function feedName(source: string): string {
  return source.split('/').filter(Boolean).at(-1) ?? source;
}

export function latestMessages(detail: FlightDetail): FlightDetail['messages'] {
  return [...detail.messages].sort((a, b) => Date.parse(b.received_at) - Date.parse(a.received_at));
}
