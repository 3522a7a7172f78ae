import { expect, it } from 'vitest';
import type { Milestone, Shipment } from '../api/types';
import { dayAndClock, discrepancies, flightsOf, newestFirst, weight } from './reading';

const milestone = (code: string, flight: string): Milestone => ({
  code,
  zh: code,
  en: code,
  station: 'PVG',
  time: '2026-11-23 10:15',
  time_utc: '2026-11-23T02:15:00Z',
  time_kind: 'local',
  pieces: 20,
  weight_kg: 1000.5,
  flight,
  from_station: '',
  to_station: '',
  part: true,
});

const shipment = {
  milestones: [
    milestone('RCS', ''),
    milestone('DIS', 'CK261'),
    milestone('DEP', 'CK261'),
    milestone('DEP', 'CK263'),
  ],
} as Shipment;

it('turns milestones round without touching the answer', () => {
  expect(newestFirst(shipment.milestones).map((one) => one.code)).toEqual([
    'DEP',
    'DEP',
    'DIS',
    'RCS',
  ]);
  expect(shipment.milestones[0]!.code).toBe('RCS');
});

it('finds discrepancies and flights', () => {
  expect(discrepancies(shipment)).toHaveLength(1);
  expect(flightsOf(shipment)).toEqual(['CK261', 'CK263']);
});

it('writes weights', () => {
  expect([1250.5, 845, 0, 1234567.89].map(weight)).toEqual(['1,250.5', '845', '0', '1,234,567.9']);
});

it('parts day and clock', () => {
  expect(dayAndClock('2026-11-23 10:15')).toEqual({ day: '2026-11-23', clock: '10:15' });
  expect(dayAndClock('2026-11-23')).toEqual({ day: '2026-11-23', clock: '' });
});
