import { describe, expect, it } from 'vitest';
import type { Flight } from '../api/types';
import { differences, EMPTY, MARKED_MS, merged } from './board';
import type { Board } from './board';
import { aFlight, status } from './testFlight';

const NOW = 1_800_000_000_000;

function snapshot(flights: Flight[], board: Board = EMPTY, total = flights.length): Board {
  return merged(
    board,
    {
      type: 'snapshot',
      flights,
      total,
      generated_at: '2026-11-27T01:00:00Z',
      last_message_at: '2026-11-27T01:00:00Z',
    },
    NOW,
  );
}

function changed(board: Board, flights: Flight[], now = NOW): Board {
  return merged(board, { type: 'changed', flights }, now);
}

describe('merged', () => {
  it('knows nothing before the first snapshot', () => {
    expect(EMPTY.known).toBe(false);
    expect(snapshot([]).known).toBe(true);
  });

  it('marks nothing of the first snapshot', () => {
    const board = snapshot([aFlight()]);
    expect(board.flights.size).toBe(1);
    expect(board.changes.size).toBe(0);
  });

  it('marks the cells that changed, for a while', () => {
    const before = snapshot([aFlight()]);
    const after = changed(before, [
      aFlight({ stand: '20', delay_min: 5, updated_at: '2026-11-27T01:01:00Z' }),
    ]);
    expect([...after.changes.get('MU5101@SHA')!.fields].sort()).toEqual(['delay_min', 'stand']);
    const later = changed(after, [aFlight({ display: 'CA1' })], NOW + MARKED_MS);
    expect(later.changes.has('MU5101@SHA')).toBe(false);
  });

  it('leaves the board it is given as it is', () => {
    const before = snapshot([aFlight()]);
    changed(before, [aFlight({ stand: '20' })]);
    expect(before.flights.get('MU5101@SHA')!.stand).toBe('12');
  });

  it('adds a new flight and counts it', () => {
    const board = changed(snapshot([aFlight()], EMPTY, 1), [aFlight({ display: 'CA1501' })]);
    expect(board.flights.size).toBe(2);
    expect(board.total).toBe(2);
    expect(board.changes.has('CA1501@SHA')).toBe(true);
  });

  it('never lets an older state take the place of a newer one', () => {
    const newer = aFlight({ stand: '20', updated_at: '2026-11-27T01:00:01Z' });
    const older = aFlight({ stand: '12', updated_at: '2026-11-27T01:00:00.5Z' });
    const board = changed(snapshot([newer]), [older]);
    expect(board.flights.get(newer.id)!.stand).toBe('20');
  });

  it('compares moments and not texts', () => {
    // As texts "…01Z" sorts after "…01.5Z".
    const before = snapshot([aFlight({ updated_at: '2026-11-27T01:00:01Z' })]);
    const board = changed(before, [aFlight({ stand: '9', updated_at: '2026-11-27T01:00:01.5Z' })]);
    expect(board.flights.get('MU5101@SHA')!.stand).toBe('9');
  });

  it('takes a hidden flight off', () => {
    expect(changed(snapshot([aFlight()]), [aFlight({ hidden: true })]).flights.size).toBe(0);
    expect(snapshot([aFlight({ hidden: true })]).flights.size).toBe(0);
  });

  it('replaces everything with a new snapshot, marking what changed meanwhile', () => {
    const before = snapshot([aFlight(), aFlight({ display: 'CA1501' })]);
    const board = snapshot([aFlight({ status: status('DX') })], before);
    expect([...board.flights.keys()]).toEqual(['MU5101@SHA']);
    expect([...board.changes.get('MU5101@SHA')!.fields]).toEqual(['status']);
  });

  it('keeps the time of the last message', () => {
    const before = snapshot([]);
    const beat = (last: string | null): Board =>
      merged(before, { type: 'heartbeat', at: '', last_message_at: last }, NOW);
    expect(beat('2026-11-27T01:00:00Z')).toBe(before);
    expect(beat('2026-11-27T01:05:00Z').lastMessageAt).toBe('2026-11-27T01:05:00Z');
    expect(
      changed(before, [aFlight({ updated_at: '2026-11-27T02:00:00Z' })]).lastMessageAt,
    ).toBe('2026-11-27T02:00:00Z');
  });
});

describe('differences', () => {
  it('sees lists by what they hold', () => {
    expect(differences(aFlight(), aFlight({ gates: ['B10'] })).size).toBe(0);
    expect([...differences(aFlight(), aFlight({ gates: ['B10', 'B11'] }))]).toEqual(['gates']);
  });

  it('does not look at what no column shows', () => {
    expect(differences(aFlight(), aFlight({ message_id: 'm2', updated_at: 'x' })).size).toBe(0);
  });
});
