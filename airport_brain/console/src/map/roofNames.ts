/**
 * Names of buildings, aprons and facilities over everything that moves: above roofs in the scene; on the flat map
 * those of landmarks, aprons and facilities, which the ground's own names would leave below the markers of vehicles.
 */

import type { Layer } from '@deck.gl/core';
import type { Language } from '../language';
import type { Theme } from '../theme';
import { innerPoint } from './innerPoint';
import { centroid } from './labels';
import { featuresOf, type AirportFeature, type Layers } from './layers';
import type { Lens } from './lens';
import { placed, textWidth, type Box } from './placing';
import { Signs, type Board, type Sign } from './signs';
import { APRON_NAMES, FACILITY_NAMES_FROM } from './styleNames';

const NEAR_ZOOM = 14.8;
const LANDMARK_M = 20;
/** Height of a landmark's letters, pixels. */
const NEAR_SIZE = 16;
const FAR_SIZE = 12.5;
const OTHER_SIZE = 12;
const APRON_SIZE = 11.5;
const FACILITY_SIZE = 11;
/** How far below its dot the name of a facility hangs, pixels. */
const BELOW_DOT = 13;
/** Room between two names, in their own heights. */
const ROOM = 2.2;

const BOARDS: Readonly<Record<Theme, Board>> = {
  light: { ink: 'rgb(16 32 47)', back: 'rgb(255 255 255 / 71%)', room: [5, 2] },
  dark: { ink: 'rgb(236 242 247)', back: 'rgb(11 17 23 / 67%)', room: [5, 2] },
};

export interface RoofName extends Sign {
  at: readonly [longitude: number, latitude: number, height: number];
  landmark: boolean;
}

/** A name and its room in the picture. */
export interface PlacedName extends Box {
  name: RoofName;
}

export interface Asked {
  language: Language;
  zoom: number;
  /** The scene, not the flat map. */
  three: boolean;
  /** Whether facilities are shown. */
  facilities: boolean;
}

/** Which names are written at a zoom: the same text for the same ones. */
export function namesFrom(zoom: number): string {
  return [zoom >= NEAR_ZOOM, withAprons(zoom), zoom >= FACILITY_NAMES_FROM].join();
}

function withAprons(zoom: number): boolean {
  return zoom >= APRON_NAMES[0] && zoom < APRON_NAMES[1];
}

/** Names that are written at a zoom, the most important first: landmarks always. */
export function roofNames(layers: Layers, { language, zoom, three, facilities }: Asked): RoofName[] {
  const near = zoom >= NEAR_ZOOM;
  const buildings = featuresOf(layers, 'building')
    .map((building) => roofName(building, language, near, three))
    .filter(({ landmark }) => landmark || (near && three));
  const aprons = withAprons(zoom) ? featuresOf(layers, 'apron').map((apron) => apronName(apron, language)) : [];
  const dots = facilities && zoom >= FACILITY_NAMES_FROM ? featuresOf(layers, 'facility') : [];
  return [
    ...buildings.filter(({ landmark }) => landmark),
    ...buildings.filter(({ landmark }) => !landmark),
    ...aprons,
    ...dots.map((dot) => facilityName(dot, language)),
  ];
}

/** Those of them that do not cover each other in the picture; facilities give way to what is there as well. */
export function uncovered(names: readonly RoofName[], lens: Lens, there: readonly Box[]): PlacedName[] {
  const boxes = names.flatMap((name) => {
    const [longitude, latitude, height] = name.at;
    const spot = lens.spot([longitude, latitude], height);
    const { text, size, side = 0 } = name;
    if (!spot) return [];
    return [{ x: spot.x, y: spot.y + side * BELOW_DOT, width: textWidth(text, size) + size, height: size * ROOM, name }];
  });
  const first = placed(boxes.filter(({ name }) => name.side === 0));
  const dots = boxes.filter(({ name }) => name.side !== 0);
  return [...first, ...placed(dots, [...first, ...there])];
}

function facilityName({ properties, geometry }: AirportFeature, language: Language): RoofName {
  const [longitude, latitude] = centroid(geometry);
  const text = language === 'zh' ? properties.name_zh : properties.name_en;
  return { text, at: [longitude, latitude, 0], landmark: false, size: FACILITY_SIZE, side: 1 };
}

function apronName({ properties, geometry }: AirportFeature, language: Language): RoofName {
  const [longitude, latitude] = innerPoint(geometry) ?? centroid(geometry);
  const text = language === 'zh' ? properties.name_zh : properties.name_en;
  return { text, at: [longitude, latitude, 0], landmark: false, size: APRON_SIZE, side: 0 };
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
    size: landmark ? (near ? NEAR_SIZE : FAR_SIZE) : OTHER_SIZE,
    side: 0,
  };
}

/** The layer of these names. */
export function roofNameLayer(signs: Signs, names: readonly RoofName[], theme: Theme): Layer | null {
  const places = Float64Array.from(names.flatMap(({ at }) => at));
  return signs.layer(names, BOARDS[theme], places, BELOW_DOT, performance.now());
}
