import { describe, expect, it } from 'vitest';
import { aFlight, status } from '../flights/testFlight';
import { tailColour } from './airlines';
import { partsOf, type Bridges } from './bridges';
import { errorPixels } from './built';
import { distanceM } from './geodesy';
import { coveredStands, middleOf, parkedOf, type StandPlace } from './parked';
import { SAMPLE } from './sampleAirport';
import { shadows } from './shadows';
import { cellsOf } from './tileset';

const NOW = Date.parse('2026-11-27T02:00:00Z');
const STANDS = new Map<string, StandPlace>(
  ['12', '14'].map((number) => [
    number,
    { number, code: 'C', nose: [121.33, 31.19] as [number, number], bearing: 90 },
  ]),
);

describe('parked aircraft', () => {
  const landed = aFlight({
    display: 'MU1',
    direction: 'arrival',
    registration: 'B1',
    stand: '12',
    actual: '2026-11-27T01:00:00Z',
    actual_event: 'ONB',
  });

  it('stand where they went in block, until they are off block', () => {
    expect(parkedOf([landed], STANDS, NOW)).toMatchObject([{ stand: '12', label: 'B1', arrival: landed }]);
    const leaves = aFlight({ display: 'MU2', registration: 'B1', scheduled: '2026-11-27T02:30:00Z' });
    expect(parkedOf([landed, leaves], STANDS, NOW)[0]?.departure).toBe(leaves);
    const left = { ...leaves, actual: '2026-11-27T01:50:00Z', actual_event: 'OFB' };
    expect(parkedOf([landed, left], STANDS, NOW)).toEqual([]);
  });

  it('stand there before a departure that nothing arrives for', () => {
    const leaves = aFlight({ registration: 'B2', stand: '14', scheduled: '2026-11-27T03:00:00Z' });
    expect(parkedOf([leaves], STANDS, NOW)).toMatchObject([{ stand: '14', arrival: null }]);
    const tomorrow = { ...leaves, scheduled: '2026-11-28T03:00:00Z' };
    expect(parkedOf([tomorrow], STANDS, NOW)).toEqual([]);
    const coming = aFlight({ display: 'MU3', direction: 'arrival', registration: 'B2', stand: '14' });
    expect(parkedOf([leaves, coming], STANDS, NOW)).toEqual([]);
  });

  it('are one to a stand, known to the map, and not cancelled', () => {
    const later = { ...landed, registration: 'B3', actual: '2026-11-27T01:30:00Z' };
    expect(parkedOf([landed, later], STANDS, NOW).map(({ label }) => label)).toEqual(['B3']);
    expect(parkedOf([{ ...landed, stand: '999' }], STANDS, NOW)).toEqual([]);
    expect(parkedOf([{ ...landed, status: status('DX') }], STANDS, NOW)).toEqual([]);
  });

  it('lie behind their nose', () => {
    const [parked] = parkedOf([landed], STANDS, NOW);
    expect(distanceM(middleOf(parked!, 40), parked!.nose)).toBeCloseTo(20, 1);
    expect(middleOf(parked!, 40)[0]).toBeLessThan(parked!.nose[0]);
  });
});

describe('numbers of stands', () => {
  it('are covered where an aircraft stands, and by nobody elsewhere', () => {
    const [first, ...others] = SAMPLE.layers.stand!.features;
    const covered = coveredStands(SAMPLE.layers, new Set([String(first!.properties.number)]));
    expect(covered).toContain(first!.properties.id);
    expect(covered.length).toBeLessThan(others.length + 1);
    expect(coveredStands(SAMPLE.layers, new Set())).toEqual([]);
  });
});

describe('gate bridges', () => {
  const bridges: Bridges = {
    floor_m: 4.7,
    bridges: [
      {
        id: 'ZSSS.bridge.12.1',
        stand: '12',
        longitude: 121.33,
        latitude: 31.19,
        sill_m: 3.4,
        docked: { bearing_true_deg: 90, length_m: 30 },
        retracted: { bearing_true_deg: 120, length_m: 15 },
      },
    ],
  };

  it('reach the door when somebody stands there, and keep back otherwise', () => {
    const docked = partsOf(bridges, new Set(['12']));
    const back = partsOf(bridges, new Set());
    const reach = (parts: typeof docked) => distanceM(parts.cab[0]!.at, parts.tunnel[0]!.at);
    expect(reach(docked)).toBeCloseTo(29, 1);
    expect(reach(back)).toBeCloseTo(14, 1);
    // Forward is east, thirty metres long, and falls to the door's sill.
    expect(docked.tunnel[0]!.matrix.slice(4, 7).map((value) => Number(value.toFixed(6)))).toEqual([30, 0, -1.3]);
  });
});

describe('cells of a tileset', () => {
  const box = [0, 0, 20, 300, 0, 0, 0, 400, 0, 0, 0, 20];
  const origin: [number, number] = [121.3, 31.2];
  const root = {
    boundingVolume: { box },
    children: [
      { boundingVolume: { box }, content: { uri: 'ground.glb' }, extras: { layer: 'ground', origin } },
      {
        boundingVolume: { box },
        content: { uri: 'far_00.glb' },
        extras: { layer: 'far', origin },
        children: [
          { boundingVolume: { box }, content: { uri: 'near_00.glb' }, extras: { layer: 'near', origin } },
        ],
      },
    ],
  };

  it('are the parts that stand on the ground', () => {
    expect(cellsOf({ root })).toEqual([
      { id: 'near_00.glb', origin, radiusM: 500, far: 'far_00.glb', near: 'near_00.glb' },
    ]);
  });

  it('show details from near and boxes from far', () => {
    const [cell] = cellsOf({ root });
    const near = errorPixels(cell!, { centre: origin, metresPerPixel: 1, heightPixels: 800 });
    const far = errorPixels(cell!, { centre: [121.4, 31.2], metresPerPixel: 1, heightPixels: 800 });
    const above = errorPixels(cell!, { centre: origin, metresPerPixel: 12, heightPixels: 800 });
    expect(near).toBe(14);
    expect(far).toBeLessThan(near / 4);
    expect(above).toBeLessThan(2);
  });
});

describe('colours and shadows', () => {
  it('give an airline its colour every time', () => {
    expect(tailColour('MU')).toEqual([30, 58, 138]);
    expect(tailColour('XX')).toEqual(tailColour('XX'));
  });

  it('cast each building to the north-west', () => {
    const { features } = shadows(SAMPLE.layers);
    expect(features).toHaveLength(SAMPLE.layers.building!.features.length);
    for (const { geometry } of features) expect(geometry.coordinates.length).toBeGreaterThan(3);
  });
});
