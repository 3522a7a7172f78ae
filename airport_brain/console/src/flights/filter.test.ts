import { describe, expect, it } from 'vitest';
import { airportsOf, bestTime, counts, indexAt, NO_FILTER, selected } from './filter';
import type { Filter, Order } from './filter';
import { aFlight, status } from './testFlight';

const TIME: Order = { key: 'time', down: false };

const FLIGHTS = [
  aFlight({
    display: 'MU5101',
    scheduled: '2026-11-27T03:00:00Z',
    estimated: '2026-11-27T03:30:00Z',
    delay_min: 30,
    codeshares: ['AF8333'],
    status: status('EST'),
  }),
  aFlight({
    display: 'CA1502',
    direction: 'arrival',
    origin: 'PEK',
    destination: 'SHA',
    gates: [],
    belts: ['7'],
    scheduled: '2026-11-27T01:00:00Z',
    actual: '2026-11-27T00:58:00Z',
    delay_min: -2,
    stand: '9',
    status: status('ONB'),
  }),
  aFlight({
    id: 'FM9@PVG',
    display: 'FM9',
    airport: 'PVG',
    origin: 'PVG',
    destination: 'XMN',
    scheduled: '2026-11-27T02:00:00Z',
    stand: '110',
    status: status('DX'),
  }),
];

const shown = (part: Partial<Filter>, order = TIME): string[] =>
  selected(FLIGHTS, { ...NO_FILTER, ...part }, order).map((flight) => flight.display);

describe('selected', () => {
  it('orders by the best known time', () => {
    expect(shown({})).toEqual(['CA1502', 'FM9', 'MU5101']);
    expect(shown({}, { key: 'time', down: true })).toEqual(['MU5101', 'FM9', 'CA1502']);
  });

  it('filters by direction, airport, phase and lateness', () => {
    expect(shown({ direction: 'arrival' })).toEqual(['CA1502']);
    expect(shown({ airport: 'PVG' })).toEqual(['FM9']);
    expect(shown({ phase: 'irregular' })).toEqual(['FM9']);
    expect(shown({ lateOnly: true })).toEqual(['MU5101']);
  });

  it.each([
    ['mu5101', ['MU5101']],
    ['mu 5101', ['MU5101']],
    ['AF8333', ['MU5101']],
    ['北京', ['CA1502', 'MU5101']],
    ['beijing capital', ['CA1502', 'MU5101']],
    ['sha', ['CA1502', 'MU5101']],
    ['xmn 110', ['FM9']],
    ['xmn 9999', []],
    ['  ', ['CA1502', 'FM9', 'MU5101']],
  ])('searches %j', (search, expected) => {
    expect(shown({ search })).toEqual(expected);
  });

  it('orders by other columns, numbers as numbers', () => {
    expect(shown({}, { key: 'stand', down: false })).toEqual(['CA1502', 'MU5101', 'FM9']);
    expect(shown({}, { key: 'delay', down: true })).toEqual(['MU5101', 'CA1502', 'FM9']);
    expect(shown({}, { key: 'flight', down: false })).toEqual(['CA1502', 'FM9', 'MU5101']);
    expect(shown({}, { key: 'scheduled', down: false })).toEqual(['CA1502', 'FM9', 'MU5101']);
    expect(shown({}, { key: 'status', down: false })).toEqual(['MU5101', 'CA1502', 'FM9']);
  });

  it('sorts two thousand flights at once', () => {
    const many = Array.from({ length: 2000 }, (_, n) =>
      aFlight({ display: `MU${n}`, estimated: new Date(1.8e12 + ((n * 7919) % 2000) * 1000).toISOString() }),
    );
    selected(many, NO_FILTER, TIME);
    const started = performance.now();
    expect(selected(many, { ...NO_FILTER, search: 'mu1' }, TIME).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('counts', () => {
  it('counts phases after the other filters', () => {
    expect(counts(FLIGHTS, NO_FILTER)).toMatchObject({
      all: 3,
      planned: 1,
      landed: 1,
      irregular: 1,
      late: 1,
    });
    expect(counts(FLIGHTS, { ...NO_FILTER, direction: 'arrival', phase: 'irregular' })).toMatchObject(
      { all: 1, landed: 1, irregular: 0 },
    );
  });
});

it('lists airports, busiest first', () => {
  expect(airportsOf(FLIGHTS)).toEqual(['SHA', 'PVG']);
});

it('knows the best time, down to the day', () => {
  expect(bestTime(aFlight({ scheduled: null }))).toBe('2026-11-27T00:00:00Z');
});

it('finds the first flight at or after a moment', () => {
  const ordered = selected(FLIGHTS, NO_FILTER, TIME);
  expect(indexAt(ordered, '2026-11-27T00:00:00.000Z')).toBe(0);
  expect(indexAt(ordered, '2026-11-27T01:30:00.000Z')).toBe(1);
  expect(indexAt(ordered, '2026-11-28T00:00:00.000Z')).toBe(3);
  expect(indexAt([], '2026-11-28T00:00:00.000Z')).toBe(0);
});
