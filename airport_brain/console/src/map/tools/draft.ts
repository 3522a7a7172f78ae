/** The form of a fence: what stands in its fields, and what is wrong with it. Pure. */

import type { Draft, Fence } from './fences';
import { PURPOSES, type PurposeName } from './purposes';

export interface Fields {
  purpose: PurposeName;
  zh: string;
  en: string;
  reason: string;
  /** As typed, km/h. */
  limit: string;
  /** `2026-11-27T20:00`, Shanghai; "" for no end. */
  until: string;
}

export type FieldFault = 'nameMissing' | 'reasonShort' | 'limitMissing' | 'untilPast';

const EMPTY: Fields = { purpose: 'works', zh: '', en: '', reason: '', limit: '', until: '' };
const LEAST_REASON = 3;
const KMH = 3.6;
const MOST_KMH = 200;
const SHANGHAI_MS = 8 * 3_600_000;

/** Fields of a new fence, or of one that is to be changed. */
export function fieldsOf(fence: Fence | null): Fields {
  if (!fence) return EMPTY;
  return {
    purpose: fence.purpose in PURPOSES ? (fence.purpose as PurposeName) : 'works',
    zh: fence.zh,
    en: fence.en,
    reason: fence.reason,
    limit: fence.limitMps === null ? '' : String(Math.round(fence.limitMps * KMH)),
    until: fence.validTo ? localMinute(fence.validTo) : '',
  };
}

export function draftOf(fields: Fields): Draft {
  return {
    purpose: fields.purpose,
    zh: fields.zh,
    en: fields.en,
    reason: fields.reason,
    limitMps: fields.purpose === 'speed_limit' ? Number((Number(fields.limit) / KMH).toFixed(3)) : null,
    validTo: fields.until ? new Date(`${fields.until}:00+08:00`).toISOString() : null,
  };
}

/** What is wrong with the fields, in their order. */
export function fieldFaults(fields: Fields, nowMs: number): FieldFault[] {
  const faults: FieldFault[] = [];
  if (!fields.zh.trim() && !fields.en.trim()) faults.push('nameMissing');
  if (fields.reason.trim().length < LEAST_REASON) faults.push('reasonShort');
  const limit = Number(fields.limit);
  if (fields.purpose === 'speed_limit' && !(limit >= 1 && limit <= MOST_KMH)) faults.push('limitMissing');
  if (fields.until && Date.parse(`${fields.until}:00+08:00`) <= nowMs) faults.push('untilPast');
  return faults;
}

function localMinute(iso: string): string {
  return new Date(Date.parse(iso) + SHANGHAI_MS).toISOString().slice(0, 16);
}
