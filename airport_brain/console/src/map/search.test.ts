import { describe, expect, it } from 'vitest';
import type { Flight } from '../api/types';
import { flightFound } from './flightSearch';
import { placeOf } from './placeOf';
import { at } from './sampleAirport';
import { search, wantedOf, type Found } from './search';

const STAND: Found = { kind: 'stand', id: 's221', zh: '221 机位', en: 'Stand 221', key: '221', at: at(0, 0) };
const GATE: Found = { ...STAND, kind: 'gate', id: 's221.gate', zh: '登机口 221', en: 'Gate 221', stand: '221' };
const TAXIWAY: Found = { kind: 'taxiway', id: 'B', zh: '滑行道 B', en: 'Taxiway B', key: 'B', at: at(9, 9) };
const PLACES = [GATE, TAXIWAY, STAND];
const FLIGHT = flightFound(
  {
    id: 'f1',
    display: 'MU5102',
    direction: 'arrival',
    origin: 'PEK',
    destination: 'SHA',
    stand: '221',
    gates: ['12'],
  } as unknown as Flight,
  new Map([['221', at(0, 0)]]),
);

describe('the words before a number', () => {
  it.each([
    ['机位221', 'stand', '221'],
    ['登机口 221', 'gate', '221'],
    ['Gate 221', 'gate', '221'],
    ['滑行道b', 'taxiway', 'b'],
    ['TWY B', 'taxiway', 'b'],
    ['跑道18L', 'runway', '18l'],
    ['航班 MU5102', 'flight', 'mu5102'],
    ['车牌A0001', 'vehicle', 'a0001'],
  ])('%s means a %s', (typed, kind, text) => {
    expect(wantedOf(typed)).toEqual({ kind, text });
  });

  it('are names when nothing follows, and no part of other words', () => {
    expect(wantedOf('机位')).toEqual({ kind: null, text: '机位' });
    expect(wantedOf('gateway')).toEqual({ kind: null, text: 'gateway' });
  });
});

describe('answers', () => {
  it('have the stand before the gate of its number, unless a gate is asked for', () => {
    expect(search('221', PLACES, []).map(({ kind }) => kind)).toEqual(['stand', 'gate']);
    expect(search('登机口221', PLACES, []).map(({ kind }) => kind)).toEqual(['gate']);
    expect(search('gate 221', PLACES, []).map(({ kind }) => kind)).toEqual(['gate']);
  });

  it('have the flights that the platform found, with their stand and gate', () => {
    const [found] = search('MU5102', PLACES, [], [FLIGHT]);
    expect(found).toMatchObject({ kind: 'flight', key: 'MU5102', stand: '221' });
    expect(found!.zh).toBe('MU5102 PEK → · 机位 221 · 登机口 12');
    expect(found!.en).toBe('MU5102 PEK → · stand 221 · gate 12');
    expect(search('stand 221', PLACES, [], [FLIGHT]).map(({ kind }) => kind)).toEqual(['stand']);
  });

  it('lead to a place on the map, or to none', () => {
    expect(placeOf(FLIGHT, null)).toEqual({ chosen: { stand: '221' }, at: at(0, 0) });
    expect(placeOf(GATE, null).chosen).toEqual({ stand: '221' });
    expect(placeOf(TAXIWAY, null).chosen).toEqual({ thing: 'B' });
    const { stand: _, ...nowhere } = { ...FLIGHT, at: null };
    expect(placeOf(nowhere, null)).toEqual({ chosen: null, at: null });
  });
});
