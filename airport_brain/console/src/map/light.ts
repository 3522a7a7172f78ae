/**
 * Light on the meshes and the sky of the map, by day and by night.
 *
 * Sides are flat and the sun stands still, so that light is worked out once for each side when a mesh
 * is made and costs nothing when it is drawn: a computer without a graphics card draws it too.
 */

import type { SkySpecification } from 'maplibre-gl';
import type { Theme } from '../theme';

/** Towards the sun, south-east and high; towards the brighter half of the sky. */
const SUN = unit([1.1, -1.6, 2.2]);
const SKY = unit([-1.4, 1.2, 1]);

interface Lamp {
  ambient: number;
  sun: number;
  sky: number;
}

const LAMPS: Readonly<Record<Theme, Lamp>> = {
  light: { ambient: 0.56, sun: 0.5, sky: 0.14 },
  dark: { ambient: 0.82, sun: 0.2, sky: 0.08 },
};

/** Share of its colour that a side shows; its normal is of length one: east, north, up. */
export function brightness(x: number, y: number, z: number, theme: Theme): number {
  const { ambient, sun, sky } = LAMPS[theme];
  const bySun = Math.max(0, x * SUN[0] + y * SUN[1] + z * SUN[2]);
  const bySky = Math.max(0, x * SKY[0] + y * SKY[1] + z * SKY[2]);
  return Math.min(1.04, ambient + sun * bySun + sky * bySky);
}

function unit([x, y, z]: readonly [number, number, number]): readonly [number, number, number] {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

export function skyFor(theme: Theme): SkySpecification {
  const night = theme === 'dark';
  return {
    'sky-color': night ? '#0b1420' : '#a9cbe8',
    'horizon-color': night ? '#1b2836' : '#dfe9f0',
    'fog-color': night ? '#0d141b' : '#dde6ea',
    'sky-horizon-blend': 0.7,
    'horizon-fog-blend': 0.5,
    'fog-ground-blend': 0.85,
  };
}
