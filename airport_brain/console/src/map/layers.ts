/** The airport's layers as they come from the gateway. */

import type { Feature, FeatureCollection, Geometry } from 'geojson';

export interface AirportSummary {
  icao: string;
  iata: string;
  name_zh: string;
  name_en: string;
  latitude: number;
  longitude: number;
  /** West, south, east, north. */
  bounds: [number, number, number, number];
}

export interface LayerSummary {
  name: string;
  title_zh: string;
  title_en: string;
  count: number;
  geometry: string;
  etag: string;
}

export interface Manifest extends AirportSummary {
  version: string;
  elevation_m: number;
  time_zone: string;
  bearing_deg: number;
  notice_zh: string;
  notice_en: string;
  stands: number;
  layers: LayerSummary[];
}

/** Properties that every feature has, and those of some layers. */
export interface Facts {
  id: string;
  name_zh: string;
  name_en: string;
  [name: string]: unknown;
}

export type Layer = FeatureCollection<Geometry, Facts>;
export type AirportFeature = Feature<Geometry, Facts>;
export type Layers = Readonly<Record<string, Layer>>;

/** An airport with everything needed to draw it. */
export interface Airport {
  manifest: Manifest;
  layers: Layers;
}

export function featuresOf(layers: Layers, name: string): AirportFeature[] {
  return layers[name]?.features ?? [];
}
