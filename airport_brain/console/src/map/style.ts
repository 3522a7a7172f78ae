/**
 * The map's style, made from an airport's layers: what is drawn, in which order, by day or by night,
 * in Chinese or English. Nothing is fetched: no tiles, no sprites, no glyphs (the browser's own fonts
 * draw the names).
 */

import type { Feature, FeatureCollection } from 'geojson';
import type {
  ExpressionSpecification,
  LayerSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import type { Language } from '../language';
import type { Theme } from '../theme';
import { labelPoints } from './labels';
import type { Airport } from './layers';
import { runwayMarkings } from './markings';
import { paletteOf, type Palette } from './palette';
import { shadows } from './shadows';
import { metres, type Drawn } from './styleLayer';
import { names } from './styleNames';

export interface Looks {
  theme: Theme;
  language: Language;
  /** Layers that are switched off, by the names in the manifest and in {@link LABEL_GROUPS}. */
  hidden: ReadonlySet<string>;
  /** Buildings stand in the scene above, and their names over their roofs. */
  three: boolean;
}

/** Groups of names that can be switched like a layer. */
export const LABEL_GROUPS = ['label.runway', 'label.taxiway', 'label.stand', 'label.place'] as const;

/**
 * Everything but the fine paint of runways is one source. The map cuts each source along its tiles, which
 * costs two passes over all pixels for every change of source from one layer to the next.
 */
export const GROUND = 'ground';
/** Member of a feature in it: the layer that it belongs to. */
const OF = '_of';

/** Marks what is chosen; only to be seen while something is. */
export const CHOSEN_LAYERS = ['chosen-fill', 'chosen-edge'] as const;

/** What the scene shows in its own way. */
const IN_SCENE = new Set(['building-name', 'building-edge']);
const ONLY_IN_SCENE = new Set(['shadows']);

/** The whole style for a new map. */
export function buildStyle(airport: Airport, looks: Looks): StyleSpecification {
  const { layers } = airport;
  const collections = { ...layers, labels: labelPoints(layers), shadows: shadows(layers) };
  const features = Object.entries(collections).flatMap(([name, collection]) => named(name, collection));
  const ground: FeatureCollection = { type: 'FeatureCollection', features };
  const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] };
  return {
    version: 8,
    sources: {
      [GROUND]: { type: 'geojson', data: ground, tolerance: 0.2, maxzoom: 16, promoteId: 'id' },
      // Stripes of a hand's breadth are not to be simplified away.
      markings: { type: 'geojson', data: runwayMarkings(layers), tolerance: 0, maxzoom: 16 },
      chosen: { type: 'geojson', data: nothing },
    },
    layers: styleLayers(airport, looks),
  };
}

function named(name: string, { features }: FeatureCollection): Feature[] {
  return features.map((one) => ({ ...one, properties: { ...one.properties, [OF]: name } }));
}

/** The layers alone, lowest first; layers that the airport lacks are left out. */
export function styleLayers(airport: Airport, looks: Looks): LayerSpecification[] {
  const colours = paletteOf(looks.theme);
  const latitude = airport.manifest.latitude;
  const made = new Set([...Object.keys(airport.layers), 'markings', 'labels', 'shadows', 'chosen']);
  const drawn = [
    ...ground(colours, latitude),
    ...roads(colours, latitude),
    ...painted(colours, latitude),
    ...stands(colours, latitude),
    ...built(colours),
    marked(colours),
    ...chosen(colours),
    ...names(colours, latitude, looks.language, looks.hidden),
  ].filter((layer) => !('source' in layer) || made.has(layer.source as string));
  return drawn.map(
    (layer) =>
      ({
        ...fromGround(layer),
        layout: {
          ...layer.layout,
          visibility:
            looks.hidden.has(layer.metadata.of) ||
            (looks.three ? IN_SCENE : ONLY_IN_SCENE).has(layer.id)
              ? 'none'
              : 'visible',
        },
      }) as LayerSpecification,
  );
}

/** The layer with its features taken from the one source of the ground. */
function fromGround(layer: Drawn): Drawn {
  if (!('source' in layer) || layer.source === 'markings' || layer.source === 'chosen') return layer;
  const own = ['==', ['get', OF], layer.source] as ExpressionSpecification;
  const filter = 'filter' in layer && layer.filter ? ['all', own, layer.filter] : own;
  return { ...layer, source: GROUND, filter } as Drawn;
}

function ground(c: Palette, latitude: number): Drawn[] {
  return [
    background(c.outside),
    fill('boundary', 'boundary', c.inside),
    fill('grass', 'grass', c.grass),
    fill('runway_shoulder', 'runway', c.shoulder),
    fill('taxiway', 'taxiway', [
      'match',
      ['get', 'kind'],
      'taxilane',
      c.taxilane,
      c.taxiway,
    ] as unknown as string),
    fill('apron', 'apron', c.apron),
    fill('shadows', 'building', c.shadow),
    line('boundary', 'boundary', c.fence, 1.2, { 'line-dasharray': [4, 2] }, 'fence'),
    fill('runway', 'runway', c.runway),
    line('runway', 'runway', c.paint, metres(0.6, latitude, 0.6), { 'line-opacity': 0.6 }, 'edge'),
  ];
}

/** Paint of runways goes over every other line that crosses them. */
function marked(c: Palette): Drawn {
  return {
    id: 'markings',
    type: 'fill',
    source: 'markings',
    minzoom: 12.5,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': c.paint, 'fill-antialias': true },
    metadata: { of: 'runway' },
  };
}

function roads(c: Palette, latitude: number): Drawn[] {
  const open: ExpressionSpecification = ['!', ['to-boolean', ['get', 'tunnel']]];
  const under: ExpressionSpecification = ['to-boolean', ['get', 'tunnel']];
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  return [
    {
      id: 'road-tunnel',
      type: 'line',
      source: 'service_road',
      filter: under,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': c.tunnel,
        'line-width': metres(6, latitude, 1),
        'line-dasharray': [1.5, 1],
        'line-opacity': 0.7,
      },
      metadata: { of: 'service_road' },
    },
    {
      id: 'road-casing',
      type: 'line',
      source: 'service_road',
      filter: open,
      minzoom: 13,
      layout: round,
      paint: { 'line-color': c.roadEdge, 'line-width': metres(12, latitude, 2) },
      metadata: { of: 'service_road' },
    },
    {
      id: 'road',
      type: 'line',
      source: 'service_road',
      filter: open,
      layout: round,
      paint: { 'line-color': c.road, 'line-width': metres(9, latitude, 1.1) },
      metadata: { of: 'service_road' },
    },
  ];
}

function painted(c: Palette, latitude: number): Drawn[] {
  const main: ExpressionSpecification = [
    'match',
    ['get', 'kind'],
    ['taxiway', 'rapid_exit', 'taxilane'],
    true,
    false,
  ];
  const join = { 'line-join': 'round' } as const;
  return [
    {
      id: 'taxi-line',
      type: 'line',
      source: 'taxi_line',
      minzoom: 13,
      filter: main,
      layout: join,
      paint: { 'line-color': c.taxiLine, 'line-width': metres(0.5, latitude, 0.9) },
      metadata: { of: 'taxi_line' },
    },
    {
      id: 'taxi-line-fine',
      type: 'line',
      source: 'taxi_line',
      minzoom: 15,
      filter: ['!', main],
      layout: join,
      paint: { 'line-color': c.taxiLine, 'line-width': metres(0.4, latitude, 0.7) },
      metadata: { of: 'taxi_line' },
    },
    {
      id: 'hold-line',
      type: 'line',
      source: 'hold_line',
      minzoom: 13.5,
      paint: { 'line-color': c.hold, 'line-width': metres(1.6, latitude, 1.6) },
      metadata: { of: 'hold_line' },
    },
  ];
}

function stands(c: Palette, latitude: number): Drawn[] {
  return [
    {
      ...fill('stand', 'stand', c.standFill),
      minzoom: 13.5,
    } as Drawn,
    {
      ...line('stand', 'stand', c.stand, metres(0.5, latitude, 0.7), {}, 'edge'),
      minzoom: 13.5,
    } as Drawn,
  ];
}

function built(c: Palette): Drawn[] {
  const terminal: ExpressionSpecification = ['==', ['get', 'use'], 'terminal'];
  const colour = ['case', terminal, c.terminal, c.building] as ExpressionSpecification;
  const edge = ['case', terminal, c.terminalEdge, c.buildingEdge] as ExpressionSpecification;
  return [
    {
      id: 'building',
      type: 'fill',
      source: 'building',
      paint: { 'fill-color': colour },
      metadata: { of: 'building' },
    },
    {
      id: 'building-edge',
      type: 'line',
      source: 'building',
      paint: { 'line-color': edge, 'line-width': 1.2 },
      metadata: { of: 'building' },
    },
    {
      id: 'facility',
      type: 'circle',
      source: 'facility',
      minzoom: 14.5,
      paint: {
        'circle-radius': 3.5,
        'circle-color': c.facility,
        'circle-stroke-color': c.halo,
        'circle-stroke-width': 1.5,
      },
      metadata: { of: 'facility' },
    },
  ];
}

function chosen(c: Palette): Drawn[] {
  return [
    {
      id: 'chosen-fill',
      type: 'fill',
      source: 'chosen',
      paint: { 'fill-color': c.chosen, 'fill-opacity': 0.2 },
      metadata: { of: '' },
    },
    {
      id: 'chosen-edge',
      type: 'line',
      source: 'chosen',
      paint: { 'line-color': c.chosen, 'line-width': 3 },
      metadata: { of: '' },
    },
  ];
}

function background(colour: string): Drawn {
  return {
    id: 'outside',
    type: 'background',
    paint: { 'background-color': colour },
    metadata: { of: '' },
  };
}

function fill(source: string, of: string, colour: string): Drawn {
  return { id: source, type: 'fill', source, paint: { 'fill-color': colour }, metadata: { of } };
}

function line(
  source: string,
  of: string,
  colour: string,
  width: number | ExpressionSpecification,
  more: Record<string, unknown>,
  suffix: string,
): Drawn {
  return {
    id: `${source}-${suffix}`,
    type: 'line',
    source,
    paint: { 'line-color': colour, 'line-width': width, ...more },
    metadata: { of },
  } as Drawn;
}
