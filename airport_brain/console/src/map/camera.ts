/** Where the camera stands before anybody has moved it, and where a link puts it. */

import type { LonLat } from './geodesy';
import { labelPoints } from './labels';
import type { Airport } from './layers';
import type { View } from './permalink';

/** How far the camera leans when the scene is first shown. */
export const USUAL_PITCH = 58;
const OVERLOOK_ZOOM = 14.3;

/** Room at the edges of a whole airport: the panel covers the left of a wide map. */
export function fit(container: HTMLElement) {
  const left = container.clientWidth > 900 ? 320 : 24;
  return { padding: { top: 30, bottom: 40, right: 64, left } };
}

export function cameraOf({ zoom, longitude, latitude, bearing, pitch }: View) {
  return { center: [longitude, latitude] as LonLat, zoom, bearing, pitch };
}

/** The scene of an airport before anybody has moved the camera: its terminals, runways upright. */
export function overlook({ manifest, layers }: Airport) {
  const landmarks = labelPoints(layers).features.filter(({ properties }) => properties.landmark);
  const sum = landmarks.reduce(
    ([x, y], { geometry }) => [x + geometry.coordinates[0]!, y + geometry.coordinates[1]!] as const,
    [0, 0] as readonly [number, number],
  );
  const center: LonLat = landmarks.length
    ? [sum[0] / landmarks.length, sum[1] / landmarks.length]
    : [manifest.longitude, manifest.latitude];
  return { center, zoom: OVERLOOK_ZOOM, bearing: manifest.bearing_deg, pitch: USUAL_PITCH };
}
