/** Shadows of buildings on the ground: their outlines drawn out to the north-west, as long as they are high. */

import type { Feature, FeatureCollection, MultiPolygon, Position } from 'geojson';
import { METRES_PER_DEGREE, metresPerDegreeEast } from './geodesy';
import { featuresOf, type AirportFeature, type Layers } from './layers';

/** Metres west and north per metre of height: the sun of the scene stands south-east. */
const WEST = 0.5;
const NORTH = 0.72;

/** One shape per building. */
export function shadows(layers: Layers): FeatureCollection<MultiPolygon> {
  return { type: 'FeatureCollection', features: featuresOf(layers, 'building').map(shadow) };
}

function shadow({ geometry, properties }: AirportFeature): Feature<MultiPolygon> {
  const rings =
    geometry.type === 'Polygon'
      ? [geometry.coordinates[0] ?? []]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates.map((part) => part[0] ?? [])
        : [];
  const height = Number(properties.height_m) || 0;
  const coordinates = rings.flatMap((ring) => cast(ring, height));
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates } };
}

/** The outline where it falls, and between it and the building a strip per side. */
function cast(ring: Position[], height: number): Position[][][] {
  const fallen = ring.map(([longitude = 0, latitude = 0]) => [
    longitude - (height * WEST) / metresPerDegreeEast(latitude),
    latitude + (height * NORTH) / METRES_PER_DEGREE,
  ]);
  const strips = ring.slice(1).map((end, at) => {
    const start = ring[at]!;
    return [[start, end, fallen[at + 1]!, fallen[at]!, start]];
  });
  return [[fallen], ...strips];
}
