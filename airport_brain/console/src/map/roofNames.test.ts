import { describe, expect, it } from 'vitest';
import type { LonLat } from './geodesy';
import { Lens } from './lens';
import type { Layers } from './layers';
import { roofNames, uncovered, type Asked } from './roofNames';
import { at, SAMPLE } from './sampleAirport';

const CENTRE: LonLat = at(550, 0);
const LENS = new Lens({ centre: CENTRE, zoom: 16, bearing: 0, pitch: 0, width: 800, height: 600 });
const NEAR: Asked = { language: 'en', zoom: 16, three: false, facilities: true };

function withFacility(east: number, north: number): Layers {
  const properties = { id: 'F', name_zh: '行李房', name_en: 'Baggage hall' };
  const geometry = { type: 'Point' as const, coordinates: at(east, north) };
  return {
    ...SAMPLE.layers,
    facility: { type: 'FeatureCollection', features: [{ type: 'Feature', id: 'F', properties, geometry }] },
  };
}

const texts = (layers: Layers, asked: Partial<Asked>) => roofNames(layers, { ...NEAR, ...asked }).map(({ text }) => text);

describe('names over what moves', () => {
  it('are those of landmarks, and from near those of facilities', () => {
    const layers = withFacility(400, 0);
    expect(texts(layers, {})).toEqual(['En T1', 'Baggage hall']);
    expect(texts(layers, { language: 'zh' })).toContain('行李房');
    expect(texts(layers, { facilities: false })).toEqual(['En T1']);
    expect(texts(layers, { zoom: 15 })).not.toContain('Baggage hall');
  });

  it('hang below the dot of a facility', () => {
    const [, hall] = uncovered(roofNames(withFacility(400, 0), NEAR), LENS, []);
    const dot = LENS.spot(at(400, 0));
    expect(hall!.y).toBeGreaterThan(dot!.y + 8);
  });

  it('leave out a facility where something else has its name, and never a landmark', () => {
    const layers = withFacility(400, 0);
    const dot = LENS.spot(at(400, 0))!;
    const terminal = LENS.spot(CENTRE)!;
    const there = [dot, terminal].map(({ x, y }) => ({ x, y, width: 80, height: 40 }));
    const left = uncovered(roofNames(layers, NEAR), LENS, there).map(({ name }) => name.text);
    expect(left).toEqual(['En T1']);
  });
});
