import { expect, it } from 'vitest';
import { at } from '../sampleAirport';
import type { Fence } from './fences';
import { closing, fencesOn } from './fencesOn';
import { boundsOf } from './places';
import { polygonOf } from './tool';

const WORKS: Fence = {
  id: 'TEST.restriction.1',
  layer: 'restriction',
  purpose: 'works',
  zh: '施工',
  en: 'Works',
  reason: '道面',
  limitMps: null,
  targets: [],
  validFrom: '2026-11-27T00:00:00Z',
  validTo: null,
  geometry: polygonOf([at(0, 0), at(100, 0), at(100, 100), at(0, 100)]),
};
const CLOSED: Fence = { ...WORKS, id: 'TEST.restriction.2', purpose: 'closed_stand', targets: ['101'] };

it('a fence concerns the stand that it lies over or names', () => {
  expect(fencesOn([WORKS, CLOSED], '101', at(500, 500))).toEqual([CLOSED]);
  expect(fencesOn([WORKS, CLOSED], '102', at(50, 50))).toEqual([WORKS]);
  expect(fencesOn([WORKS, CLOSED], '102', at(150, 50))).toEqual([]);
});

it('a closure concerns what it names', () => {
  const taxiway = { properties: { id: 'T', name_zh: 'B', name_en: 'B', designator: 'B' } } as never;
  expect(closing([{ ...CLOSED, purpose: 'closed_taxiway', targets: ['B'] }, WORKS], taxiway)).toHaveLength(1);
});

it('the middle of a shape lies between its bounds', () => {
  const { southWest, northEast, middle } = boundsOf(WORKS.geometry);
  expect(middle[0]).toBeCloseTo((southWest[0] + northEast[0]) / 2, 9);
  expect(boundsOf({ type: 'LineString', coordinates: [at(0, 0), at(0, 100)] }).middle[1]).toBeCloseTo(at(0, 50)[1], 9);
});
