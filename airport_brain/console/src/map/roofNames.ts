/** Names of buildings above their roofs, for the picture in three dimensions. */

import { TextLayer } from '@deck.gl/layers';
import type { Layer } from '@deck.gl/core';
import type { Language } from '../language';
import { centroid } from './labels';
import { featuresOf, type AirportFeature, type Layers } from './layers';

const NEAR_ZOOM = 14.8;
const LANDMARK_M = 20;

interface RoofName {
  text: string;
  at: [number, number, number];
  landmark: boolean;
}

/** Names that are written at a zoom: landmarks always, others from near. */
export function roofNames(layers: Layers, language: Language, zoom: number): RoofName[] {
  return featuresOf(layers, 'building')
    .map((building) => roofName(building, language))
    .filter(({ landmark }) => landmark || zoom >= NEAR_ZOOM);
}

function roofName({ properties, geometry }: AirportFeature, language: Language): RoofName {
  const height = Number(properties.height_m) || 0;
  const [longitude, latitude] = centroid(geometry);
  return {
    text: language === 'zh' ? properties.name_zh : properties.name_en,
    at: [longitude, latitude, height + 6],
    landmark: properties.use === 'terminal' && height >= LANDMARK_M,
  };
}

export function roofNameLayer(names: RoofName[], dark: boolean): Layer {
  return new TextLayer<RoofName>({
    id: 'roof-names',
    data: names,
    characterSet: [...new Set(names.flatMap(({ text }) => [...text]))],
    fontFamily: '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif',
    fontSettings: { fontSize: 32, buffer: 4 },
    getText: ({ text }) => text,
    getPosition: ({ at }) => at,
    getSize: ({ landmark }) => (landmark ? 16 : 12),
    getColor: dark ? [236, 242, 247, 255] : [16, 32, 47, 255],
    background: true,
    getBackgroundColor: dark ? [11, 17, 23, 170] : [255, 255, 255, 180],
    backgroundPadding: [5, 2],
    parameters: { depthCompare: 'always' },
  });
}
