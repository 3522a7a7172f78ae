/** Where a shape lies. */

import type { Geometry, Position } from 'geojson';
import type { LonLat } from '../geodesy';

/** Bounds and middle of any shape that has corners. */
export function boundsOf(shape: Geometry): { southWest: LonLat; northEast: LonLat; middle: LonLat } {
  const points = positionsOf(shape);
  const xs = points.map(([x = 0]) => x);
  const ys = points.map(([, y = 0]) => y);
  const southWest: LonLat = [Math.min(...xs), Math.min(...ys)];
  const northEast: LonLat = [Math.max(...xs), Math.max(...ys)];
  return {
    southWest,
    northEast,
    middle: [(southWest[0] + northEast[0]) / 2, (southWest[1] + northEast[1]) / 2],
  };
}

function positionsOf(shape: Geometry): Position[] {
  switch (shape.type) {
    case 'Point':
      return [shape.coordinates];
    case 'LineString':
    case 'MultiPoint':
      return shape.coordinates;
    case 'Polygon':
    case 'MultiLineString':
      return shape.coordinates.flat();
    case 'MultiPolygon':
      return shape.coordinates.flat(2);
    case 'GeometryCollection':
      return shape.geometries.flatMap(positionsOf);
  }
}
