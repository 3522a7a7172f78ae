/** What a click on the ground means when several things lie under it. */

import type { MapGeoJSONFeature } from 'maplibre-gl';

/** Fences are drawn by the tools; see `tools/fenceLayers.ts`. */
export const FENCE_FILL = 'fence-fill';
export const FENCE_EDGE = 'fence-edge';

/** Ground that can be pointed at. */
export const PICKED_LAYERS = [
  FENCE_EDGE,
  FENCE_FILL,
  'stand',
  'facility',
  'building',
  'hold-line',
  'runway',
  'taxiway',
  'apron',
];

/** Small things that a fence is often drawn round: a click inside means them. */
const INSIDE_A_FENCE = new Set(['stand', 'facility', 'building', 'hold-line']);

/** The one that is meant, of what lies under the pointer, topmost first. */
export function preferred<T extends Pick<MapGeoJSONFeature, 'layer'>>(found: readonly T[]): T | undefined {
  const [first] = found;
  if (first?.layer.id !== FENCE_FILL) return first;
  return found.find(({ layer }) => INSIDE_A_FENCE.has(layer.id)) ?? first;
}
