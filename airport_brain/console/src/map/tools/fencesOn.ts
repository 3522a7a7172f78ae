/** Which fences concern a place. */

import type { LonLat } from '../geodesy';
import type { AirportFeature } from '../layers';
import type { Fence } from './fences';
import { isInside } from './polygons';

/** Fences that close a stand by its number or lie over its middle. */
export function fencesOn(fences: readonly Fence[], stand: string, middle: LonLat): Fence[] {
  return fences.filter(({ purpose, targets, geometry }) => {
    if (purpose === 'closed_stand') return targets.includes(stand);
    if (geometry.type === 'Polygon') return isInside(middle, geometry.coordinates);
    return geometry.type === 'MultiPolygon' && isInside(middle, geometry.coordinates.flat());
  });
}

/** Fences that close an element by its name. */
export function closing(fences: readonly Fence[], { properties }: AirportFeature): Fence[] {
  const names = [properties.id, properties.designator, properties.number].map(String);
  return fences.filter(({ targets }) => targets.some((target) => names.includes(target)));
}
