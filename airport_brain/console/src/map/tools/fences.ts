/** Fences as the platform keeps them: features of thematic layers, with every version and its editor. */

import type { Geometry } from 'geojson';
import type { components } from '../../api/schema';
import { getJson, sendJson } from '../../gateway/client';
import type { AirportFeature, Layer } from '../layers';
import { FENCE_LAYERS, purposeOf, PURPOSES, type PurposeName } from './purposes';

type Shapes = components['schemas'];
export type LayerState = Shapes['LayerOut'];
export type Made = Shapes['Made'];
export type Edit = Shapes['EditOut'];
export type Version = Shapes['VersionOut'];

export const MAY_EDIT = 'spatiotemporal.layers.edit';

const ROOT = '/api/spatiotemporal/layers';

export interface Fence {
  id: string;
  layer: string;
  /** A {@link PurposeName}, or the kind of a closure. */
  purpose: string;
  zh: string;
  en: string;
  reason: string;
  /** Of a speed limit. */
  limitMps: number | null;
  /** Numbers or names of what a closure closes. */
  targets: string[];
  validFrom: string;
  validTo: string | null;
  geometry: Geometry;
}

/** What the form asks for. */
export interface Draft {
  purpose: PurposeName;
  zh: string;
  en: string;
  reason: string;
  limitMps: number | null;
  /** ISO time, `null` while no end is known. */
  validTo: string | null;
}

/** Editions of the airport's layers: what has not changed need not be asked for. */
export function fetchEditions(icao: string, signal: AbortSignal): Promise<LayerState[]> {
  return getJson<LayerState[]>(`${ROOT}/${icao}`, { signal, quiet: true });
}

/** Fences of one layer that hold now. */
export async function fetchFences(icao: string, layer: string, signal: AbortSignal): Promise<Fence[]> {
  const { features } = await getJson<Layer>(`${ROOT}/${icao}/${layer}`, { signal, quiet: true });
  return features.map((feature) => fenceOf(layer, feature));
}

export function isFenceLayer(layer: string): boolean {
  return (FENCE_LAYERS as readonly string[]).includes(layer);
}

/** Read a feature. */
export function fenceOf(layer: string, { properties, geometry }: AirportFeature): Fence {
  const text = (name: string): string => (typeof properties[name] === 'string' ? properties[name] : '');
  const { limit_mps: limit, targets } = properties;
  const id = properties.id;
  return {
    id,
    layer,
    purpose: purposeOf(layer, properties.kind),
    zh: text('name_zh') || text('designator') || id,
    en: text('name_en') || text('designator') || id,
    reason: text('reason'),
    limitMps: typeof limit === 'number' ? limit : null,
    targets: Array.isArray(targets) ? targets.map(String) : [],
    validFrom: text('valid_from'),
    validTo: text('valid_to') || null,
    geometry,
  };
}

/** The properties that a draft gives its feature. */
export function propertiesOf(draft: Draft): Record<string, unknown> {
  const { kind, layer } = PURPOSES[draft.purpose];
  const zh = draft.zh.trim() || draft.en.trim();
  const en = draft.en.trim() || draft.zh.trim();
  return {
    name_zh: zh,
    name_en: en,
    reason: draft.reason.trim(),
    ...(kind ? { kind } : {}),
    ...(layer === 'hotspot' ? { designator: en } : {}),
    ...(draft.purpose === 'speed_limit' ? { limit_mps: draft.limitMps } : {}),
  };
}

/** An id that nobody has: the day and a few letters. */
export function newId(icao: string, layer: string, now: Date): string {
  const letters = crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36).padStart(7, '0');
  return `${icao}.${layer}.${now.toISOString().slice(0, 10).replaceAll('-', '')}-${letters}`;
}

/**
 * Save a new fence; it holds from the platform's now.
 * @throws Problem when the platform refuses; its detail names every rule that is broken.
 */
export function createFence(icao: string, draft: Draft, geometry: Geometry): Promise<Made> {
  const { layer } = PURPOSES[draft.purpose];
  return sendJson<Made>('POST', `${ROOT}/${icao}/${layer}/features`, {
    id: newId(icao, layer, new Date()),
    geometry,
    properties: propertiesOf(draft),
    valid_to: draft.validTo,
    reason: draft.reason.trim(),
  });
}

/** Say something else of a fence from now on; `version` is the one that the editor saw. */
export function changeFence(
  icao: string,
  { id, layer }: Pick<Fence, 'id' | 'layer'>,
  draft: Draft,
  geometry: Geometry,
  version: number,
): Promise<Made> {
  return sendJson<Made>(
    'PATCH',
    address(icao, layer, id),
    { geometry, properties: propertiesOf(draft), valid_to: draft.validTo, reason: draft.reason.trim() },
    { headers: { 'If-Match': `"${version}"` } },
  );
}

/** End a fence now; its history stays. */
export function retireFence(icao: string, { id, layer }: Fence, reason: string, version: number): Promise<Made> {
  return sendJson<Made>('DELETE', address(icao, layer, id), undefined, {
    query: { reason },
    headers: { 'If-Match': `"${version}"` },
  });
}

/** Take an edit back; taking that back does it again. */
export function undoEdit(icao: string, number: number, reason: string): Promise<Edit> {
  return sendJson<Edit>('POST', `${ROOT}/${icao}/edits/${number}/undo`, { reason });
}

/** The feature as it is now, with the number of its version. */
export function fetchVersion(icao: string, layer: string, id: string): Promise<Version> {
  return getJson<Version>(address(icao, layer, id));
}

/** All versions of a feature, in the order of saying. */
export function fetchVersions(icao: string, layer: string, id: string, signal: AbortSignal): Promise<Version[]> {
  return getJson<Version[]>(`${address(icao, layer, id)}/history`, { signal });
}

/** Who did what to a feature, newest first. */
export function fetchEdits(icao: string, layer: string, id: string, signal: AbortSignal): Promise<Edit[]> {
  return getJson<Edit[]>(`${ROOT}/${icao}/edits`, { signal, query: { layer, feature: id } });
}

function address(icao: string, layer: string, id: string): string {
  return `${ROOT}/${icao}/${layer}/features/${encodeURIComponent(id)}`;
}
