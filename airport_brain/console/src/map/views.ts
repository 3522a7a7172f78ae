/** What the map's camera sees now, in the words of those who draw over the ground. */

import type { Map as MapLibre } from 'maplibre-gl';
import type { Eye } from './built';
import type { Bounds } from './filters';
import { metresPerPixel } from './geodesy';
import { Lens } from './lens';

/** West, south, east and north of the ground in the picture. */
export function boundsOf(map: MapLibre): Bounds {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}

export function eyeOf(map: MapLibre): Eye {
  const { lng, lat } = map.getCenter();
  return {
    centre: [lng, lat],
    metresPerPixel: metresPerPixel(map.getZoom(), lat),
    heightPixels: map.getContainer().clientHeight,
    bounds: boundsOf(map),
  };
}

export function lensOf(map: MapLibre): Lens {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const { lng, lat } = map.getCenter();
  const camera = { zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch() };
  return new Lens({ ...camera, centre: [lng, lat], width, height });
}
