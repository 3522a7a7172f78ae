import { expect, it } from 'vitest';
import { dayMark } from './dayMark';

const NOW = new Date('2026-11-27T10:00:00Z');

it.each([
  ['2026-11-27T15:59:00Z', ''],
  ['2026-11-27T16:00:00Z', '+1'],
  ['2026-11-26T15:59:00Z', '−1'],
  ['2026-11-20T10:00:00Z', '11-20'],
  ['2018-06-03T19:50:00Z', '18-06-04'],
])('marks %s in Shanghai as %j', (iso, mark) => {
  expect(dayMark(new Date(iso), NOW, 'shanghai')).toBe(mark);
});
