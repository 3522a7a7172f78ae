import { describe, expect, it } from 'vitest';
import { LATE_MIN, phaseOf, punctuality, toneOf } from './phase';
import { aFlight, status } from './testFlight';

const arrival = { direction: 'arrival' } as const;

describe('phaseOf', () => {
  it.each([
    ['SCH', {}, 'planned'],
    ['BST', {}, 'boarding'],
    ['DEP', {}, 'departed'],
    ['DEP', arrival, 'enroute'],
    ['ENR', arrival, 'enroute'],
    ['LAN', arrival, 'landed'],
    ['DX', {}, 'irregular'],
    ['dv', arrival, 'irregular'],
    ['X9', {}, 'planned'],
    ['X9', { actual: '2026-11-27T02:00:00Z' }, 'departed'],
    ['X9', { ...arrival, actual: '2026-11-27T02:00:00Z' }, 'landed'],
  ])('%s %j is %s', (code, part, phase) => {
    expect(phaseOf(aFlight({ ...part, status: status(code) }))).toBe(phase);
  });
});

it('tells late from early', () => {
  expect([null, -1, 0, LATE_MIN - 1, LATE_MIN].map(punctuality)).toEqual([
    'unknown',
    'early',
    'ontime',
    'ontime',
    'late',
  ]);
});

it('warns of what is late and has not gone', () => {
  expect(toneOf(aFlight({ delay_min: 20 }))).toBe('late');
  expect(toneOf(aFlight({ status: status('DEL') }))).toBe('late');
  expect(toneOf(aFlight({ delay_min: 20, status: status('DEP') }))).toBe('departed');
  expect(toneOf(aFlight({ delay_min: 20, status: status('DX') }))).toBe('irregular');
});
