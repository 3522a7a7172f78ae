/** Moments as people at the airport read them. The gateway speaks UTC; screens choose the zone. */

export type Zone = 'shanghai' | 'utc';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Shanghai has had no summer time since 1991; a board formats thousands of times a second. */
const OFFSET_MS: Readonly<Record<Zone, number>> = { shanghai: 8 * HOUR_MS, utc: 0 };

/** `2026-11-27T14:05:09` on the clocks of a zone. */
function local(moment: Date, zone: Zone): string {
  return new Date(moment.getTime() + OFFSET_MS[zone]).toISOString();
}

/** `14:05`. */
export function clock(moment: Date, zone: Zone): string {
  return local(moment, zone).slice(11, 16);
}

/** `14:05:09`. */
export function clockWithSeconds(moment: Date, zone: Zone): string {
  return local(moment, zone).slice(11, 19);
}

/** `2026-11-27`. */
export function day(moment: Date, zone: Zone): string {
  return local(moment, zone).slice(0, 10);
}

/** `2026-11-27 14:05:09`. */
export function stamp(moment: Date, zone: Zone): string {
  return local(moment, zone).slice(0, 19).replace('T', ' ');
}

/** Calendar days from one moment's day to another's, in a zone. */
export function daysBetween(from: Date, to: Date, zone: Zone): number {
  return Math.round((Date.parse(day(to, zone)) - Date.parse(day(from, zone))) / DAY_MS);
}

/** A span of time in its largest fitting units: `8 s`, `3 min`, `2 h 05 min`. */
export function span(ms: number, units: { s: string; min: string; h: string; d: string }): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} ${units.s}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} ${units.min}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} ${units.h} ${String(minutes % 60).padStart(2, '0')} ${units.min}`;
  return `${Math.floor(hours / 24)} ${units.d}`;
}
