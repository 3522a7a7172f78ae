import { day, daysBetween } from '../time';
import type { Zone } from '../time';

/** What sets a time apart from today's: nothing, `+1`, `−1`, or the month and day (and year). */
export function dayMark(moment: Date, now: Date, zone: Zone): string {
  const days = daysBetween(now, moment, zone);
  if (days === 0) return '';
  if (days === 1) return '+1';
  if (days === -1) return '−1';
  const date = day(moment, zone);
  return date.slice(0, 4) === day(now, zone).slice(0, 4) ? date.slice(5) : date.slice(2);
}
