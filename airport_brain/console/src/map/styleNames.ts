/** Names on the map, drawn with the browser's own fonts; the map's collision rules declutter them. */

import type { ExpressionSpecification } from 'maplibre-gl';
import type { Language } from '../language';
import type { Palette } from './palette';
import { metres, type Drawn } from './styleLayer';

const PLAIN = ['Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'sans-serif'];
const BOLD = ['Noto Sans Bold', ...PLAIN.slice(1)];

/** State of a feature: an aircraft stands on it. */
export const TAKEN = 'taken';

/** Zooms between which aprons are named. */
export const APRON_NAMES = [13.4, 15.4] as const;

/** Zooms from which stands have their numbers, and facilities their names. */
export const STAND_NUMBERS_FROM = 14.6;
export const FACILITY_NAMES_FROM = 15.4;

/** Style layers of names, least important first. */
export function names(c: Palette, latitude: number, language: Language, hidden: ReadonlySet<string>): Drawn[] {
  const text = ['get', language] as ExpressionSpecification;
  const of = (kind: string): ExpressionSpecification => ['==', ['get', 'kind'], kind];
  const halo = { 'text-halo-color': c.halo, 'text-halo-width': 1.6 };
  // The last symbol layer is placed first: what must not be lost stands at the end.
  return [
    {
      id: 'facility-name',
      type: 'symbol',
      source: 'facility',
      minzoom: FACILITY_NAMES_FROM,
      layout: {
        'text-field': ['get', `name_${language}`],
        'text-font': PLAIN,
        'text-size': 11,
        'text-anchor': 'top',
        'text-offset': [0, 0.6],
        'text-max-width': 30,
      },
      // Only keeps its room free, as those of terminals.
      paint: { 'text-opacity': 0 },
      metadata: { of: 'facility' },
    },
    {
      id: 'stand-name',
      type: 'symbol',
      source: 'labels',
      minzoom: STAND_NUMBERS_FROM,
      filter: of('stand'),
      layout: {
        'text-field': text,
        'text-font': PLAIN,
        'text-size': ['interpolate', ['linear'], ['zoom'], STAND_NUMBERS_FROM, 10, 17, 14, 19, 22],
        'text-padding': 2,
        'symbol-sort-key': ['get', 'rank'],
      },
      // An aircraft covers the number of its stand and has it on its own sign.
      paint: {
        'text-color': c.text,
        'text-opacity': ['case', ['boolean', ['feature-state', TAKEN], false], 0, 1],
        ...halo,
      },
      metadata: { of: 'label.stand' },
    },
    {
      id: 'taxiway-name',
      type: 'symbol',
      source: 'labels',
      minzoom: 14.2,
      // Runways along their way are in here too: another layer would cost another pass.
      filter: ['any', of('taxiway'), of('runway')],
      layout: {
        'text-field': hidden.has('label.runway') ? ['case', of('runway'), '', text] : text,
        'text-font': BOLD,
        'text-size': ['interpolate', ['linear'], ['zoom'], 14, 10, 17, 14],
        'text-padding': 6,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: {
        'text-color': ['case', of('runway'), c.runwayText, c.taxiText],
        'text-halo-color': ['case', of('runway'), c.runwayHalo, c.taxiHalo],
        'text-halo-width': 2.4,
      },
      metadata: { of: 'label.taxiway' },
    },
    {
      id: 'apron-name',
      type: 'symbol',
      source: 'labels',
      minzoom: APRON_NAMES[0],
      maxzoom: APRON_NAMES[1],
      filter: of('apron'),
      layout: {
        'text-field': text,
        'text-font': PLAIN,
        'text-size': 11.5,
        'text-max-width': 20,
      },
      // Only keeps its room free, as those of terminals.
      paint: { 'text-opacity': 0 },
      metadata: { of: 'label.place' },
    },
    {
      id: 'building-name',
      type: 'symbol',
      source: 'labels',
      minzoom: 14.4,
      filter: ['all', of('building'), ['!', ['to-boolean', ['get', 'landmark']]]],
      layout: {
        'text-field': text,
        'text-font': PLAIN,
        'text-size': 12,
        'text-max-width': 8,
      },
      paint: { 'text-color': c.text, ...halo },
      metadata: { of: 'label.place' },
    },
    {
      id: 'runway-number',
      type: 'symbol',
      source: 'markings',
      minzoom: 14.6,
      filter: ['==', ['get', 'part'], 'number'],
      layout: {
        'text-field': ['get', 'text'],
        'text-font': BOLD,
        'text-size': metres(22, latitude),
        'text-rotate': ['get', 'bearing'],
        'text-rotation-alignment': 'map',
        'text-pitch-alignment': 'map',
        'text-allow-overlap': true,
        'text-ignore-placement': true,
        'text-line-height': 1,
      },
      paint: { 'text-color': c.paint },
      metadata: { of: 'runway' },
    },
    {
      id: 'terminal-name',
      type: 'symbol',
      source: 'labels',
      filter: ['all', of('building'), ['to-boolean', ['get', 'landmark']]],
      layout: {
        'text-field': text,
        'text-font': BOLD,
        'text-size': ['interpolate', ['linear'], ['zoom'], 12, 11, 16, 17],
        'text-max-width': 8,
        'symbol-sort-key': ['get', 'rank'],
      },
      // Only keeps its room free: it is written over the vehicles, which would cover it.
      paint: { 'text-opacity': 0 },
      metadata: { of: 'label.place' },
    },
    {
      id: 'runway-name',
      type: 'symbol',
      source: 'markings',
      filter: ['==', ['get', 'part'], 'name'],
      layout: {
        'text-field': ['get', 'text'],
        'text-font': BOLD,
        'text-size': ['interpolate', ['linear'], ['zoom'], 12, 12, 16, 18],
        'text-allow-overlap': true,
      },
      paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 2.2 },
      metadata: { of: 'label.runway' },
    },
  ];
}
