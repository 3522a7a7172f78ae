/** Which airport somebody means who types a part of its name or code. */

import type { Language } from '../language';
import type { AirportSummary } from './layers';

/** As many as fit beside each other; more become a list with a search. */
export const SIDE_BY_SIDE = 3;

/** In the order in which they are shown: by code, backwards, so that Hongqiao comes before Pudong. */
export function ordered(airports: readonly AirportSummary[]): AirportSummary[] {
  return [...airports].sort((a, b) => b.icao.localeCompare(a.icao));
}

/** Those whose codes begin with a text, then those whose names or codes have it in them. */
export function matching(airports: readonly AirportSummary[], text: string): AirportSummary[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [...airports];
  const codes = ({ icao, iata }: AirportSummary) => [icao, iata].map((code) => code.toLowerCase());
  const first = airports.filter((one) => codes(one).some((code) => code.startsWith(wanted)));
  const others = airports.filter((one) => {
    const told = [...codes(one), one.name_zh.toLowerCase(), one.name_en.toLowerCase()];
    return !first.includes(one) && told.some((name) => name.includes(wanted));
  });
  return [...first, ...others];
}

/** `上海虹桥国际机场` is `虹桥`, `Shanghai Hongqiao International Airport` is `Hongqiao`. */
export function shortName({ name_zh, name_en }: AirportSummary, language: Language): string {
  return (language === 'zh' ? name_zh : name_en)
    .replace(/^上海|国际机场$/g, '')
    .replace(/^Shanghai\s+|\s+International Airport$/g, '');
}
