import { describe, expect, it } from 'vitest';
import { clock, clockWithSeconds, day, daysBetween, span, stamp } from './time';

const MOMENT = new Date('2026-11-27T16:05:09.500Z');

describe('moments', () => {
  it('are read off the clocks of the zone', () => {
    expect(clock(MOMENT, 'shanghai')).toBe('00:05');
    expect(clock(MOMENT, 'utc')).toBe('16:05');
    expect(clockWithSeconds(MOMENT, 'shanghai')).toBe('00:05:09');
    expect(day(MOMENT, 'shanghai')).toBe('2026-11-28');
    expect(stamp(MOMENT, 'utc')).toBe('2026-11-27 16:05:09');
  });

  it("agree with the browser's own zone data", () => {
    const own = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    for (let month = 0; month < 36; month += 1) {
      const moment = new Date(Date.UTC(2025, month, 1 + month, month % 24, month, month));
      expect(stamp(moment, 'shanghai')).toBe(own.format(moment));
    }
  });

  it('lie whole days apart in a zone', () => {
    const evening = new Date('2026-11-27T15:59:00Z');
    expect(daysBetween(evening, MOMENT, 'shanghai')).toBe(1);
    expect(daysBetween(evening, MOMENT, 'utc')).toBe(0);
  });
});

it.each([
  [-5, '0 s'],
  [59_400, '59 s'],
  [60_000, '1 min'],
  [3_599_000, '59 min'],
  [3_900_000, '1 h 05 min'],
  [48 * 3_600_000, '2 d'],
])('span of %i ms is %s', (ms, text) => {
  expect(span(ms, { s: 's', min: 'min', h: 'h', d: 'd' })).toBe(text);
});
