import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Decision, GateJourney } from './api';
import { fitted } from './capture';
import { returnAfterS, step, WAITING, type Act, type Stage } from './kiosk';
import { MEANINGS, outcomeOf } from './outcome';
import { flightsOf, gateName, matching, ordered } from './roster';

const ANNE: GateJourney = {
  id: 'anne',
  name_masked: 'AN***/A***',
  flight: 'MU5101',
  flight_date: '2026-11-27',
  destination: 'PEK',
  std: '2026-11-27T10:00:00Z',
  seat: '12A',
  sequence: 17,
  state: 'screened',
  enrolled: true,
  flight_status: null,
};

function decision(changes: Partial<Decision> = {}, state = 'boarded'): Decision {
  return {
    event_id: 'e1',
    decision: 'match',
    reason: { code: 'face_match', zh: '', en: '' },
    score: 0.9,
    threshold: 0.7,
    score_band: 'high',
    model: { name: 'm', version: '1', sha256: 'ab' },
    degraded: false,
    quality: [],
    elapsed_ms: 100,
    stage_ms: {},
    journey: { ...ANNE, state },
    flight_status: null,
    ...changes,
  };
}

/** Every code of the passenger service's catalogue. */
function catalogue(): string[] {
  const file = new URL('../../../../passenger_id/reasons.py', import.meta.url);
  const table = readFileSync(file, 'utf8').split('_TEXTS')[1]!.split('REASONS:')[0]!;
  return [...table.matchAll(/\(\s*"([a-z_]+)",/g)].map(([, code]) => code!);
}

describe('what a decision means', () => {
  it('is known for every reason of the catalogue, and for no other', () => {
    const codes = catalogue();
    expect(codes.length).toBeGreaterThan(25);
    expect(Object.keys(MEANINGS).sort()).toEqual([...codes].sort());
  });

  it('admits a match that ends in boarding', () => {
    expect(outcomeOf(decision())).toEqual({ admitted: true, tone: 'good', way: 'board' });
  });

  it.each([
    ['a match that does not board', decision({}, 'id_verified')],
    ['a degraded match', decision({ degraded: true })],
    ['no match of somebody who has boarded', decision({ decision: 'no_match' })],
    [
      'a second scan',
      decision({ decision: 'refused', reason: { code: 'duplicate', zh: '', en: '' } }),
    ],
    ['a reason from tomorrow', decision({ decision: 'refused', reason: { code: 'new', zh: '', en: '' } })],
  ])('does not admit %s', (_, made) => {
    const { admitted, tone, way } = outcomeOf(made);
    expect(admitted).toBe(false);
    expect(tone).not.toBe('good');
    expect(way).not.toBe('board');
  });

  it('sends who has no security mark to security', () => {
    const made = decision(
      { decision: 'match', reason: { code: 'id_verified', zh: '', en: '' } },
      'id_verified',
    );
    expect(outcomeOf(made)).toEqual({ admitted: false, tone: 'warn', way: 'security' });
  });
});

describe('the kiosk', () => {
  const run = (...acts: Act[]): Stage => acts.reduce(step, WAITING);
  const choose: Act = { do: 'choose', journey: ANNE };
  const capture: Act = { do: 'capture', attempt: 'a1' };

  it('goes from waiting to an answer and back', () => {
    const decided = run(choose, capture, { do: 'decide', attempt: 'a1', decision: decision() });
    expect(decided.at).toBe('decided');
    expect(returnAfterS(decided)).toBe(6);
    expect(step(decided, { do: 'leave' })).toEqual(WAITING);
  });

  it('takes no photo of somebody without a template', () => {
    const stage = run({ do: 'choose', journey: { ...ANNE, enrolled: false } }, capture);
    expect(stage.at).toBe('unenrolled');
    expect(returnAfterS(stage)).toBe(15);
  });

  it('asks the platform about a second scan of somebody who has boarded', () => {
    const again = { ...ANNE, enrolled: false, state: 'boarded' };
    expect(run({ do: 'choose', journey: again }).at).toBe('looking');
  });

  it('drops an answer to an attempt that is over', () => {
    const late: Act = { do: 'decide', attempt: 'a0', decision: decision() };
    expect(run(choose, capture, late).at).toBe('checking');
    expect(run(choose, capture, { do: 'leave' }, late)).toEqual(WAITING);
    expect(run(choose, late).at).toBe('looking');
  });

  it('sends a photo that got no answer again under the same name', () => {
    const failed = run(choose, capture, { do: 'fail', attempt: 'a1', error: new Error('x') });
    expect(failed.at).toBe('failed');
    expect(step(failed, { do: 'resend' })).toEqual({ at: 'checking', journey: ANNE, attempt: 'a1' });
  });

  it('looks again only after an answer', () => {
    expect(run(choose, capture, { do: 'again' }).at).toBe('checking');
    const decided = run(choose, capture, { do: 'decide', attempt: 'a1', decision: decision() });
    expect(step(decided, { do: 'again' })).toEqual({ at: 'looking', journey: ANNE });
  });
});

describe('the list of passengers', () => {
  const bob = { ...ANNE, id: 'bob', seat: '2C', sequence: 3, name_masked: 'BO***/B***' };
  const gone = { ...ANNE, id: 'gone', seat: '1A', sequence: 1, state: 'boarded' };
  const all = [ANNE, gone, bob];

  it('has who has boarded at the end', () => {
    expect(ordered(all).map(({ id }) => id)).toEqual(['bob', 'anne', 'gone']);
  });

  it('is searched by seat, sequence, flight and masked name', () => {
    const ids = (text: string) => matching(all, text).map(({ id }) => id);
    expect(ids('12a')).toEqual(['anne']);
    expect(ids('17')).toEqual(['anne']);
    expect(ids('bo')).toEqual(['bob']);
    expect(ids('mu51')).toHaveLength(3);
    expect(ids('')).toHaveLength(3);
    expect(ids('99X')).toEqual([]);
  });

  it('counts who has boarded', () => {
    expect(flightsOf(all)).toMatchObject([{ flight: 'MU5101', boarded: 1, total: 3 }]);
  });
});

describe('gates and pictures', () => {
  it('take a gate as it stands on signs', () => {
    expect(gateName(' d12 ')).toBe('D12');
    for (const wrong of ['', '   ', 'gate-twelve', '../x', '123456789']) expect(gateName(wrong)).toBe('');
  });

  it('bring frames within 1280 by 720 and never enlarge them', () => {
    expect(fitted(1920, 1080)).toEqual([1280, 720]);
    expect(fitted(3000, 4000)).toEqual([540, 720]);
    expect(fitted(640, 480)).toEqual([640, 480]);
  });
});
