/** A small airport for tests: one runway with a displaced threshold, one taxiway, one terminal, two stands. */

import type { Geometry } from 'geojson';
import { ahead, type LonLat } from './geodesy';
import type { Airport, AirportFeature, Facts, Layer } from './layers';

const HOME: LonLat = [121.33, 31.2];

/** A point so many metres east and north of the middle. */
export function at(east: number, north: number): LonLat {
  return ahead(HOME, 0, north, east);
}

function box(west: number, south: number, east: number, north: number): Geometry {
  const ring = [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)];
  return { type: 'Polygon', coordinates: [ring] };
}

function feature(id: string, geometry: Geometry, facts: Partial<Facts>): AirportFeature {
  const properties = { id, name_zh: `中${id}`, name_en: `En ${id}`, ...facts };
  return { type: 'Feature', id, geometry, properties };
}

function layer(...features: AirportFeature[]): Layer {
  return { type: 'FeatureCollection', features };
}

const LAYERS: Record<string, Layer> = {
  boundary: layer(feature('B', box(-1000, -2000, 1000, 2000), {})),
  runway: layer(
    feature('R', box(-22.5, -1500, 22.5, 1500), { designator: '18/36', width_m: 45, length_m: 3000 }),
  ),
  threshold: layer(
    feature('18', { type: 'Point', coordinates: at(0, 1200) }, {
      designator: '18',
      runway: '18/36',
      bearing_true_deg: 180,
      displaced_m: 300,
      pavement_end: at(0, 1500),
    }),
    feature('36', { type: 'Point', coordinates: at(0, -1500) }, {
      designator: '36',
      runway: '18/36',
      bearing_true_deg: 0,
      displaced_m: 0,
      pavement_end: at(0, -1500),
    }),
  ),
  taxi_line: layer(
    feature('A', { type: 'LineString', coordinates: [at(200, -1000), at(200, 1000)] }, {
      designator: 'A',
      kind: 'taxiway',
    }),
    feature('lead', { type: 'LineString', coordinates: [at(200, 0), at(300, 0)] }, {
      designator: '101',
      kind: 'lead_in',
    }),
  ),
  apron: layer(feature('AP', box(250, -300, 500, 300), { stands: 2 })),
  stand: layer(
    feature('s101', box(300, -40, 360, 40), { number: '101', code: 'C', apron: 'AP' }),
    feature('s102', box(300, 60, 380, 140), { number: '102', code: 'E', apron: 'AP' }),
  ),
  building: layer(
    feature('T1', box(500, -200, 600, 200), { use: 'terminal', height_m: 30 }),
    feature('H1', box(500, 300, 560, 360), { use: 'hangar', height_m: 20 }),
  ),
};

export const SAMPLE: Airport = {
  manifest: {
    icao: 'TEST',
    iata: 'TST',
    name_zh: '试验机场',
    name_en: 'Test Airport',
    latitude: HOME[1],
    longitude: HOME[0],
    bounds: [...at(-1000, -2000), ...at(1000, 2000)],
    version: '1',
    elevation_m: 3,
    time_zone: 'Asia/Shanghai',
    bearing_deg: 0,
    notice_zh: '示意',
    notice_en: 'Model',
    stands: 2,
    layers: Object.entries(LAYERS).map(([name, { features }]) => ({
      name,
      title_zh: name,
      title_en: name,
      count: features.length,
      geometry: 'Polygon',
      etag: `"${name}"`,
    })),
  },
  layers: LAYERS,
};
