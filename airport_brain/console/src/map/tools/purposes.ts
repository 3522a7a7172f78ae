/** What a fence is for, which says the layer that keeps it and how it is drawn. */

import { words } from '../../language';

export interface Purpose {
  /** Layer of the platform that keeps it. */
  layer: string;
  /** `kind` of the layer's features; "" for layers that have one kind. */
  kind: string;
  colour: string;
  /** Edge and filling differ too, so that colour is not the only difference. */
  dashed: boolean;
  /** Filled with stripes: nothing passes. */
  hatched: boolean;
}

/** In the order of the form. Colours that people with any kind of colour vision tell apart. */
export const PURPOSES = {
  works: { layer: 'restriction', kind: 'works', colour: '#d55e00', dashed: false, hatched: true },
  speed_limit: { layer: 'restriction', kind: 'speed_limit', colour: '#0072b2', dashed: true, hatched: false },
  deicing_area: { layer: 'restriction', kind: 'deicing_area', colour: '#009e9e', dashed: true, hatched: false },
  hotspot: { layer: 'hotspot', kind: '', colour: '#a0407f', dashed: true, hatched: false },
  construction_area: { layer: 'construction_area', kind: '', colour: '#b07a00', dashed: true, hatched: false },
} as const satisfies Record<string, Purpose>;

export type PurposeName = keyof typeof PURPOSES;

/** What cannot be drawn here but is shown: closures of named things. */
const CLOSED: Purpose = { layer: 'restriction', kind: '', colour: '#b3001b', dashed: false, hatched: true };

/** Layers that hold fences. */
export const FENCE_LAYERS = ['restriction', 'construction_area', 'hotspot', 'deicing_area'] as const;

/** Name of what a feature is for; `closed_stand` and the like for closures. */
export function purposeOf(layer: string, kind: unknown): string {
  if (layer === 'restriction') return String(kind);
  return layer;
}

export function looksOf(purpose: string): Purpose {
  return (PURPOSES as Record<string, Purpose>)[purpose] ?? CLOSED;
}

export const PURPOSE_WORDS = words({
  zh: {
    works: '施工区（不得通行）',
    speed_limit: '限速区',
    deicing_area: '除冰区',
    hotspot: '冲突热点',
    construction_area: '施工范围（仅标示）',
    closed_stand: '机位关闭',
    closed_taxiway: '滑行道关闭',
    closed_road: '车道关闭',
  },
  en: {
    works: 'Works (nothing passes)',
    speed_limit: 'Speed limit',
    deicing_area: 'De-icing area',
    hotspot: 'Hot spot',
    construction_area: 'Works, shown only',
    closed_stand: 'Stand closed',
    closed_taxiway: 'Taxiway closed',
    closed_road: 'Road closed',
  },
});
