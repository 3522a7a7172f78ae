/** Movers as models, near enough to be seen as such: a mesh layer per fleet. */

import type { Layer } from '@deck.gl/core';
import { SimpleMeshLayer } from '@deck.gl/mesh-layers';
import type { Theme } from '../theme';
import { FLEET_NAMES } from './fleets';
import { fleetOfMover } from './filters';
import { metresPerPixel } from './geodesy';
import { UNLIT } from './mesh';
import type { Models } from './models';
import type { Motion } from './motion';

/** Vehicles are drawn as models from this zoom on; aircraft a little earlier, for they are larger. */
export const MODELS_FROM_ZOOM = 16.2;
export const AIRCRAFT_FROM_ZOOM = 14.6;
/** A vehicle is never drawn shorter than this on screen, within reason. */
const LEAST_PIXELS = 16;
const USUAL_LENGTH_M = 8;
const LARGEST = 2.6;

const STALE: [number, number, number] = [128, 136, 146];
const LIVE: [number, number, number] = [255, 255, 255];

/** Whether a mover is drawn as a model at a zoom. */
export function modelled(motion: Motion, at: number, zoom: number): boolean {
  const aircraft = FLEET_NAMES[fleetOfMover(motion, at)] === 'aircraft';
  return zoom >= (aircraft ? AIRCRAFT_FROM_ZOOM : MODELS_FROM_ZOOM);
}

/** Layers of the movers given, by fleet. */
export function fleetLayers(
  motion: Motion,
  movers: readonly number[],
  models: Models,
  sight: { theme: Theme; zoom: number; latitude: number; nowMs: number },
): Layer[] {
  const fleets = new Map<string, number[]>();
  for (const at of movers) {
    const fleet = FLEET_NAMES[fleetOfMover(motion, at)]!;
    fleets.set(fleet, [...(fleets.get(fleet) ?? []), at]);
  }
  const pixels = USUAL_LENGTH_M / metresPerPixel(sight.zoom, sight.latitude);
  const scale = Math.min(LARGEST, Math.max(1, LEAST_PIXELS / pixels));
  return [...fleets].flatMap(([fleet, data]) => {
    const name = fleet === 'aircraft' ? 'aircraft.A320' : `vehicle.${fleet}`;
    const mesh = models.mesh(name, sight.theme);
    if (!mesh) return [];
    return [
      new SimpleMeshLayer<number>({
        id: `fleet-${fleet}`,
        data,
        mesh: mesh as never,
        sizeScale: fleet === 'aircraft' ? 1 : scale,
        getPosition: (at) => [motion.shownLon[at]!, motion.shownLat[at]!, 0],
        getOrientation: (at) => [0, -(motion.shownHeading[at]! || 0), 0],
        getColor: (at) => (motion.stale(at, sight.nowMs) ? STALE : LIVE),
        ...UNLIT,
      }),
    ];
  });
}
