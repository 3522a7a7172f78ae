import type { Point } from 'geojson';
import { describe, expect, it } from 'vitest';
import { declutter } from './declutter';
import { ahead, bearingDeg, distanceM, formatPosition, metresPerPixel, turnDeg, type LonLat } from './geodesy';
import { centroid, labelPoints } from './labels';
import { runwayMarkings, stripeCount } from './markings';
import { at, SAMPLE } from './sampleAirport';
import { formatLength, scaleBar } from './scale';
import { placesOf, search } from './search';

describe('metres and degrees', () => {
  it('go there and back', () => {
    const there = ahead([121.33, 31.2], 30, 1000);
    expect(distanceM([121.33, 31.2], there)).toBeCloseTo(1000, 1);
    expect(bearingDeg([121.33, 31.2], there)).toBeCloseTo(30, 2);
  });

  it('turn the short way', () => {
    expect(turnDeg(350, 10)).toBe(20);
    expect(turnDeg(10, 350)).toBe(-20);
    expect(turnDeg(0, 180)).toBe(180);
  });

  it('are written with the side of the equator and of Greenwich', () => {
    expect(formatPosition(121.336, 31.198)).toBe('31.19800°N 121.33600°E');
    expect(formatPosition(-0.19, -33.9)).toBe('33.90000°S 0.19000°W');
  });

  it('make a scale bar of a round length', () => {
    expect(scaleBar(1.02)).toEqual({ metres: 100, pixels: expect.closeTo(98.04, 1) });
    expect(scaleBar(metresPerPixel(13, 31.2)).metres).toBe(500);
    expect(formatLength(2000)).toBe('2 km');
    expect(formatLength(50)).toBe('50 m');
  });
});

describe('runway markings', () => {
  const { features } = runwayMarkings(SAMPLE.layers);
  const of = (part: string) => features.filter(({ properties }) => properties?.part === part);

  it('have as many threshold stripes as the width asks for, at both ends', () => {
    expect(stripeCount(45)).toBe(12);
    expect(stripeCount(60)).toBe(16);
    expect(of('threshold')).toHaveLength(24);
  });

  it('show arrows and a bar only before a displaced threshold', () => {
    expect(of('bar')).toHaveLength(1);
    expect(of('arrow').length).toBeGreaterThan(4);
  });

  it('carry the numbers for whoever lands, and names beside the ends', () => {
    expect(of('number').map(({ properties }) => [properties?.text, properties?.bearing])).toEqual([
      ['18', 180],
      ['36', 0],
    ]);
    const north = of('name')[0]!.geometry as Point;
    expect(distanceM(north.coordinates as LonLat, at(0, 1650))).toBeLessThan(1);
  });

  it('are left out for a runway without thresholds', () => {
    expect(runwayMarkings({ runway: SAMPLE.layers.runway! }).features).toEqual([]);
  });
});

describe('names', () => {
  it('hang on the middle of a shape', () => {
    const [stand] = SAMPLE.layers.stand!.features;
    expect(distanceM(centroid(stand!.geometry), at(330, 0))).toBeLessThan(0.1);
  });

  it('are given to stands, buildings, aprons and taxiways, not to lead-in lines', () => {
    const labels = labelPoints(SAMPLE.layers).features.map(({ properties }) => properties);
    const names = (kind: string) => labels.filter((one) => one.kind === kind).map(({ zh }) => zh);
    expect(names('stand')).toEqual(['101', '102']);
    expect(names('taxiway')).toEqual(['A', 'A', 'A', 'A']);
    expect(names('runway')).toEqual(['18/36', '18/36', '18/36']);
    expect(labels.filter(({ landmark }) => landmark).map(({ en }) => en)).toEqual(['En T1']);
  });

  it('do not cover each other, and the heavier one stays', () => {
    const spots = [
      { at: 1, x: 100, y: 100, weight: 0 },
      { at: 2, x: 120, y: 105, weight: 2 },
      { at: 3, x: 100, y: 130, weight: 0 },
    ];
    expect(declutter(spots, 70, 18, 10).map((one) => one.at)).toEqual([2, 3]);
    expect(declutter(spots, 70, 18, 1).map((one) => one.at)).toEqual([2]);
  });
});

describe('search', () => {
  const places = placesOf(SAMPLE.layers);
  const movers = [
    undefined,
    { idx: 1, id: 'vehicle:13900100001', kind: 'vehicle', fleet: 'bus', label: '民航A1010' },
  ];

  it('puts the exact number first', () => {
    expect(search('101', places, movers).map(({ id }) => id)).toEqual(['s101', 'vehicle:13900100001']);
  });

  it('finds by a name in either language, by plate and by terminal phone', () => {
    expect(search('中T1', places, movers)[0]?.id).toBe('T1');
    expect(search('en t1', places, movers)[0]?.id).toBe('T1');
    expect(search('民航', places, movers)[0]?.kind).toBe('vehicle');
    expect(search('139001', places, movers)[0]?.kind).toBe('vehicle');
  });

  it('finds nothing for nothing', () => {
    expect(search('  ', places, movers)).toEqual([]);
    expect(search('zzz', places, movers)).toEqual([]);
  });
});
