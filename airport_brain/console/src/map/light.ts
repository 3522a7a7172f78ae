/** Sun and sky for the meshes, and the sky of the map, by day and by night. */

import { AmbientLight, DirectionalLight, LightingEffect } from '@deck.gl/core';
import type { SkySpecification } from 'maplibre-gl';
import type { Theme } from '../theme';

/** How meshes answer to light: dull, as walls and paint are. */
export const DULL = {
  ambient: 0.5,
  diffuse: 0.6,
  shininess: 4,
  specularColor: [12, 12, 14] as [number, number, number],
};

/** Light from the south-east, as on a morning. */
const SUN: [number, number, number] = [-1.1, 1.6, -2.2];
/** The other sides get a little light from the sky. */
const FILL: [number, number, number] = [1.4, -1.2, -1];

export function lightFor(theme: Theme): LightingEffect {
  const night = theme === 'dark';
  return new LightingEffect({
    ambient: new AmbientLight({ color: [255, 255, 255], intensity: night ? 1.7 : 1 }),
    sun: new DirectionalLight({
      color: night ? [190, 205, 255] : [255, 250, 238],
      intensity: night ? 0.3 : 0.78,
      direction: SUN,
    }),
    fill: new DirectionalLight({
      color: [214, 228, 255],
      intensity: night ? 0.15 : 0.25,
      direction: FILL,
    }),
  });
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
