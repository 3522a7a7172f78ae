/**
 * Points that carry names: stands, buildings, aprons, taxiways, runways along their way.
 *
 * A name hangs on one point made here and not on the drawn shape, because a shape that a tile edge
 * cuts would be named once per tile.
 */

import type { Feature, FeatureCollection, Geometry, LineString, Point, Position } from 'geojson';
import { distanceM, type LonLat } from './geodesy';
import { innerPoint } from './innerPoint';
import { featuresOf, type AirportFeature, type Layers } from './layers';

export interface LabelFacts {
  kind: 'stand' | 'building' | 'apron' | 'taxiway' | 'runway';
  zh: string;
  en: string;
  /** Lower is placed first. */
  rank: number;
  id: string;
  /** Of a building: one by which people know the airport. */
  landmark?: boolean;
}

type Label = Feature<Point, LabelFacts>;

/** One name per so many metres of a taxiway. */
const TAXIWAY_EVERY_M = 500;
/** The same of a runway, whose ends are far away from near. */
const RUNWAY_EVERY_M = 900;
/** Terminals of this height and more are named at every zoom. */
const LANDMARK_M = 20;
const SIZE_CODES = 'FEDCBA';

/** All name points of an airport. */
export function labelPoints(layers: Layers): FeatureCollection<Point, LabelFacts> {
  return {
    type: 'FeatureCollection',
    features: [
      ...featuresOf(layers, 'building').map(building),
      ...featuresOf(layers, 'apron').map(apron),
      ...featuresOf(layers, 'stand').map(stand),
      ...featuresOf(layers, 'taxi_line').flatMap(taxiway),
      ...featuresOf(layers, 'runway').flatMap((one) => runway(one, layers)),
    ],
  };
}

function stand(of: AirportFeature): Label {
  const number = String(of.properties.number);
  const rank = 20 + SIZE_CODES.indexOf(String(of.properties.code));
  return label(centroid(of.geometry), {
    kind: 'stand',
    zh: number,
    en: number,
    rank: rank + ((Number.parseInt(number, 10) || 0) % 5) / 10,
    id: of.properties.id,
  });
}

function building(of: AirportFeature): Label {
  const landmark = of.properties.use === 'terminal' && Number(of.properties.height_m) >= LANDMARK_M;
  return label(innerPoint(of.geometry) ?? centroid(of.geometry), {
    kind: 'building',
    zh: of.properties.name_zh,
    en: of.properties.name_en,
    rank: landmark ? 0 : 10,
    id: of.properties.id,
    landmark,
  });
}

function apron(of: AirportFeature): Label {
  return label(innerPoint(of.geometry) ?? centroid(of.geometry), {
    kind: 'apron',
    zh: of.properties.name_zh,
    en: of.properties.name_en,
    rank: 15,
    id: of.properties.id,
  });
}

function taxiway(of: AirportFeature): Label[] {
  const { kind, designator, id } = of.properties;
  if (!['taxiway', 'rapid_exit', 'taxilane'].includes(String(kind))) return [];
  if (of.geometry.type !== 'LineString') return [];
  const text = String(designator);
  return spaced(of.geometry, TAXIWAY_EVERY_M).map((at) =>
    label(at, { kind: 'taxiway', zh: text, en: text, rank: kind === 'taxiway' ? 12 : 30, id }),
  );
}

function runway(of: AirportFeature, layers: Layers): Label[] {
  const { designator, id } = of.properties;
  const ends = featuresOf(layers, 'threshold')
    .filter(({ properties, geometry }) => properties.runway === designator && geometry.type === 'Point')
    .map(({ geometry }) => (geometry as Point).coordinates);
  if (ends.length !== 2) return [];
  const text = String(designator);
  return spaced({ type: 'LineString', coordinates: ends }, RUNWAY_EVERY_M).map((at) =>
    label(at, { kind: 'runway', zh: text, en: text, rank: 5, id }),
  );
}

function label(at: LonLat, properties: LabelFacts): Label {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } };
}

/** Points along a line, evenly spaced and away from its ends; at least one. */
export function spaced(line: LineString, everyM: number): LonLat[] {
  const points = line.coordinates as LonLat[];
  const lengths = points.slice(1).map((point, at) => distanceM(points[at]!, point));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const count = Math.max(1, Math.round(total / everyM));
  const found: LonLat[] = [];
  for (let number = 0; number < count; number += 1) {
    found.push(along(points, lengths, ((number + 0.5) / count) * total));
  }
  return found;
}

function along(points: LonLat[], lengths: number[], way: number): LonLat {
  let left = way;
  for (let at = 0; at < lengths.length; at += 1) {
    const length = lengths[at]!;
    if (left <= length && length > 0) {
      const [a, b] = [points[at]!, points[at + 1]!];
      return [a[0] + ((b[0] - a[0]) * left) / length, a[1] + ((b[1] - a[1]) * left) / length];
    }
    left -= length;
  }
  return points[points.length - 1]!;
}

/** Centre of area of the largest part of a shape. */
export function centroid(shape: Geometry): LonLat {
  if (shape.type === 'Point') return shape.coordinates as LonLat;
  const rings =
    shape.type === 'Polygon'
      ? [shape.coordinates[0] ?? []]
      : shape.type === 'MultiPolygon'
        ? shape.coordinates.map((part) => part[0] ?? [])
        : [];
  const centres = rings.map(ringCentre);
  centres.sort((a, b) => b.area - a.area);
  return centres[0]?.at ?? [0, 0];
}

function ringCentre(ring: Position[]): { at: LonLat; area: number } {
  const [originX = 0, originY = 0] = ring[0] ?? [];
  let double = 0;
  let x = 0;
  let y = 0;
  for (let at = 0; at + 1 < ring.length; at += 1) {
    // Relative to the first corner: products of whole degrees would lose the metres.
    const ax = ring[at]![0]! - originX;
    const ay = ring[at]![1]! - originY;
    const bx = ring[at + 1]![0]! - originX;
    const by = ring[at + 1]![1]! - originY;
    const cross = ax * by - bx * ay;
    double += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  if (double === 0) return { at: [originX, originY], area: 0 };
  return {
    at: [originX + x / (3 * double), originY + y / (3 * double)],
    area: Math.abs(double) / 2,
  };
}
