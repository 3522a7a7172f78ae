import { expect, it } from 'vitest';
import type { ClockEntry, Statement } from '../api/types';
import {
  currentTimes,
  disputed,
  feedName,
  history,
  kindsOf,
  originalPath,
  plain,
} from './detail';
import { eventName, fieldName } from './detailWords';

const entry = (qualifier: string, time_type: string, part: Partial<ClockEntry> = {}): ClockEntry => ({
  qualifier,
  time_type,
  value: '2026-11-27T02:00:00Z',
  code_context: '9750',
  repeat_index: null,
  source: '/operations/aidx/sha',
  as_of: '2026-11-27T01:00:00Z',
  received_at: '2026-11-27T01:00:00Z',
  message_id: 'm1',
  late: false,
  current: true,
  ...part,
});

it('lays current times out by event and kind', () => {
  const rows = currentTimes([
    entry('ONB', 'ACT'),
    entry('TDN', 'ACT'),
    entry('ONB', 'SCT'),
    entry('ONB', 'EST', { current: false }),
    entry('XXX', 'EST'),
    entry('TKO', 'ACT', { value: null }),
  ]);
  expect(rows.map((row) => row.event)).toEqual(['TDN', 'ONB', 'XXX']);
  expect(kindsOf(rows)).toEqual(['SCT', 'EST', 'ACT']);
});

it('puts the last received first', () => {
  const older = entry('ONB', 'EST');
  const newer = entry('ONB', 'EST', { received_at: '2026-11-27T01:00:00.5Z' });
  expect(history([older, newer])).toEqual([newer, older]);
});

it('finds what sources disagree about', () => {
  const said = (field: string, value: unknown): Statement => ({ field, value }) as Statement;
  expect(disputed([said('stand', '1'), said('stand', '2'), said('gate', 'B'), said('gate', 'B')])).toEqual(
    new Set(['stand']),
  );
});

it('writes values of any shape', () => {
  expect(plain([{ agent: 'GS', side: 'Arrival' }, null, 7])).toBe('agent GS, side Arrival; 7');
  expect(plain(null)).toBe('');
});

it('names feeds, fields and events, unknown ones as they are', () => {
  expect(feedName('/operations/aidx/sha')).toBe('sha');
  expect(fieldName('arrival.planned.stand', 'zh')).toBe('进港 · 计划 · 机位');
  expect(fieldName('arrival..odd', 'en')).toBe('arrival · odd');
  expect(eventName('ONB', 'en')).toBe('In block');
  expect(eventName('ZZZ', 'zh')).toBe('ZZZ');
});

it('quotes message ids in addresses', () => {
  expect(originalPath('sha256:a/b')).toBe('/api/operations/messages/sha256%3Aa%2Fb');
});
