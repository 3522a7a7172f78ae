/**
 * Names of buildings over everything that moves: above their roofs in the scene; on the flat map those of
 * landmarks, which the ground's own names would leave below the markers of vehicles.
 */

import type { Layer } from '@deck.gl/core';
import type { Language } from '../language';
import type { Theme } from '../theme';
import { innerPoint } from './innerPoint';
import { centroid } from './labels';
import { featuresOf, type AirportFeature, type Layers } from './layers';
import { Signs, type Board, type Sign } from './signs';

const NEAR_ZOOM = 14.8;
const LANDMARK_M = 20;
/** Height of a landmark's letters, pixels. */
const NEAR_SIZE = 16;
const FAR_SIZE = 12.5;

const BOARDS: Readonly<Record<Theme, Board>> = {
  light: { ink: 'rgb(16 32 47)', back: 'rgb(255 255 255 / 71%)', room: [5, 2] },
  dark: { ink: 'rgb(236 242 247)', back: 'rgb(11 17 23 / 67%)', room: [5, 2] },
};

interface RoofName extends Sign {
  at: readonly [longitude: number, latitude: number, height: number];
  landmark: boolean;
}

/** Whether all names are written at a zoom, or those of landmarks only. */
export function namesFrom(zoom: number): 'near' | 'far' {
  return zoom >= NEAR_ZOOM ? 'near' : 'far';
}

/** Names that are written at a zoom: landmarks always, others in the scene from near. */
export function roofNames(layers: Layers, language: Language, zoom: number, three: boolean): RoofName[] {
  const near = namesFrom(zoom) === 'near';
  return featuresOf(layers, 'building')
    .map((building) => roofName(building, language, near, three))
    .filter(({ landmark }) => landmark || (near && three));
}

function roofName(
  { properties, geometry }: AirportFeature,
  language: Language,
  near: boolean,
  three: boolean,
): RoofName {
  const height = Number(properties.height_m) || 0;
  const [longitude, latitude] = innerPoint(geometry) ?? centroid(geometry);
  const landmark = properties.use === 'terminal' && height >= LANDMARK_M;
  return {
    text: language === 'zh' ? properties.name_zh : properties.name_en,
    at: [longitude, latitude, three ? height + 6 : 0],
    landmark,
    size: landmark ? (near ? NEAR_SIZE : FAR_SIZE) : 12,
  };
}

/** The layer of these names. */
export function roofNameLayer(signs: Signs, names: readonly RoofName[], theme: Theme): Layer | null {
  const places = Float64Array.from(names.flatMap(({ at }) => at));
  return signs.layer(names, BOARDS[theme], places, 0, performance.now());
}
