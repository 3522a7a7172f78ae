/** Moments as people at the airport read them. The gateway speaks UTC; screens choose the zone. */

export type Zone = 'shanghai' | 'utc';

const IANA: Readonly<Record<Zone, string>> = { shanghai: 'Asia/Shanghai', utc: 'UTC' };

const DAY_MS = 86_400_000;

const formats = new Map<Zone, Intl.DateTimeFormat>();

function parts(moment: Date, zone: Zone): Record<string, string> {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: IANA[zone],
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(moment).map((part) => [part.type, part.value]));
}

/** `14:05`. */
export function clock(moment: Date, zone: Zone): string {
  const p = parts(moment, zone);
  return `${p.hour}:${p.minute}`;
}

/** `14:05:09`. */
export function clockWithSeconds(moment: Date, zone: Zone): string {
  return `${clock(moment, zone)}:${parts(moment, zone).second}`;
}

/** `2026-11-27`. */
export function day(moment: Date, zone: Zone): string {
  const p = parts(moment, zone);
  return `${p.year}-${p.month}-${p.day}`;
}

/** `2026-11-27 14:05:09`. */
export function stamp(moment: Date, zone: Zone): string {
  return `${day(moment, zone)} ${clockWithSeconds(moment, zone)}`;
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
