/** Draws fences on the map's ground, under the names; comes back by itself when the style is made anew. */

import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl';
import type { Language } from '../../language';
import type { Theme } from '../../theme';
import { DARK, LIGHT } from '../palette';
import { FENCE_EDGE, FENCE_FILL } from '../picking';
import type { Fence } from './fences';
import { looksOf, PURPOSE_WORDS } from './purposes';

const SOURCE = 'fences';
const HATCH_PIXELS = 16;
const FONT = ['Noto Sans Bold', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'sans-serif'];

export interface FenceLooks {
  theme: Theme;
  language: Language;
  hidden: boolean;
}

export class FenceLayers {
  private data: FeatureCollection = collectionOf([]);
  private looks: FenceLooks = { theme: 'light', language: 'zh', hidden: false };

  constructor(private readonly map: MapLibre) {
    map.on('style.load', this.draw);
    this.draw();
  }

  show(fences: readonly Fence[], looks: FenceLooks): void {
    this.data = collectionOf(fences);
    this.looks = looks;
    this.draw();
  }

  /** Put sources and layers where they are missing, and everything in its latest state. */
  private readonly draw = (): void => {
    const { map } = this;
    try {
      const source = map.getSource<GeoJSONSource>(SOURCE);
      if (source) source.setData(this.data);
      else map.addSource(SOURCE, { type: 'geojson', data: this.data });
    } catch {
      // The style is not there yet; it tells when it is.
      return;
    }
    this.stripes();
    for (const layer of layersOf(this.looks)) {
      if (map.getLayer(layer.id)) map.removeLayer(layer.id);
      // Names of the airport stay above what is filled.
      map.addLayer(layer, layer.type === 'symbol' || !map.getLayer('facility-name') ? undefined : 'facility-name');
    }
  };

  private stripes(): void {
    for (const colour of new Set(this.data.features.map(({ properties }) => String(properties?.colour)))) {
      const name = `hatch-${colour}`;
      if (!this.map.hasImage(name)) this.map.addImage(name, hatch(colour));
    }
  }

  destroy(): void {
    this.map.off('style.load', this.draw);
  }
}

function collectionOf(fences: readonly Fence[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: fences.map(({ id, purpose, zh, en, limitMps, geometry }) => {
      const { colour, hatched, dashed } = looksOf(purpose);
      const limit = limitMps === null ? '' : ` ${Math.round(limitMps * 3.6)} km/h`;
      const kind = (language: Language): string => {
        const table: Record<string, string> = PURPOSE_WORDS[language];
        return table[purpose] ?? purpose;
      };
      const properties = {
        id,
        colour,
        hatch: hatched ? `hatch-${colour}` : '',
        dashed,
        label_zh: `${zh}\n${kind('zh')}${limit}`,
        label_en: `${en}\n${kind('en')}${limit}`,
      };
      return { type: 'Feature', geometry, properties };
    }),
  };
}

function layersOf({ theme, language, hidden }: FenceLooks): LayerSpecification[] {
  const c = theme === 'dark' ? DARK : LIGHT;
  const colour: ExpressionSpecification = ['get', 'colour'];
  const visibility = hidden ? 'none' : 'visible';
  const edge = { 'line-color': colour, 'line-width': 2.5 };
  return [
    {
      id: FENCE_FILL,
      type: 'fill',
      source: SOURCE,
      layout: { visibility },
      paint: { 'fill-color': colour, 'fill-opacity': 0.16 },
    },
    {
      id: 'fence-hatch',
      type: 'fill',
      source: SOURCE,
      filter: ['!=', ['get', 'hatch'], ''],
      layout: { visibility },
      paint: { 'fill-pattern': ['get', 'hatch'], 'fill-opacity': 0.55 },
    },
    {
      id: 'fence-halo',
      type: 'line',
      source: SOURCE,
      layout: { visibility, 'line-join': 'round' },
      paint: { 'line-color': c.halo, 'line-width': 5, 'line-opacity': 0.8 },
    },
    {
      id: FENCE_EDGE,
      type: 'line',
      source: SOURCE,
      filter: ['!', ['get', 'dashed']],
      layout: { visibility, 'line-join': 'round' },
      paint: edge,
    },
    {
      id: 'fence-edge-dashed',
      type: 'line',
      source: SOURCE,
      filter: ['get', 'dashed'],
      layout: { visibility, 'line-join': 'round' },
      paint: { ...edge, 'line-dasharray': [3, 1.5] },
    },
    {
      id: 'fence-point',
      type: 'circle',
      source: SOURCE,
      filter: ['==', ['geometry-type'], 'Point'],
      layout: { visibility },
      paint: { 'circle-radius': 7, 'circle-color': colour, 'circle-stroke-color': c.halo, 'circle-stroke-width': 2 },
    },
    {
      id: 'fence-name',
      type: 'symbol',
      source: SOURCE,
      minzoom: 13,
      layout: {
        visibility,
        'text-field': ['get', `label_${language}`],
        'text-font': FONT,
        'text-size': 12,
        'text-max-width': 12,
        'text-padding': 4,
      },
      paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 2 },
    },
  ] as LayerSpecification[];
}

/** Diagonal stripes that join at the edges of the picture. */
function hatch(colour: string): { width: number; height: number; data: Uint8ClampedArray } {
  const size = HATCH_PIXELS;
  const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if ((x + y) % size >= 3) continue;
      data.set([...rgb, 255], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}
