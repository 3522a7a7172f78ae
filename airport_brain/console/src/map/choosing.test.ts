import { describe, expect, it } from 'vitest';
import { matching, ordered, shortName } from './choosing';
import type { AirportSummary } from './layers';

function airport(icao: string, iata: string, name_zh: string, name_en: string): AirportSummary {
  return { icao, iata, name_zh, name_en, latitude: 0, longitude: 0, bounds: [0, 0, 1, 1] };
}

const PUDONG = airport('ZSPD', 'PVG', '上海浦东国际机场', 'Shanghai Pudong International Airport');
const HONGQIAO = airport('ZSSS', 'SHA', '上海虹桥国际机场', 'Shanghai Hongqiao International Airport');
const NEW = airport('ZZNE', 'NEW', '新机场', 'New Field');
const ALL = [PUDONG, NEW, HONGQIAO];

describe('airports to choose from', () => {
  it('are shown in one order, whatever order they came in', () => {
    expect(ordered(ALL).map(({ icao }) => icao)).toEqual(['ZZNE', 'ZSSS', 'ZSPD']);
  });

  it.each([
    ['', ['ZSPD', 'ZZNE', 'ZSSS']],
    ['zs', ['ZSPD', 'ZSSS']],
    ['pvg', ['ZSPD']],
    ['虹', ['ZSSS']],
    ['field', ['ZZNE']],
    // A code that begins with the text comes before a name that has it in it.
    ['sha', ['ZSSS', 'ZSPD']],
    ['nowhere', []],
  ])('are found by code or name: %s', (text, found) => {
    expect(matching(ALL, text).map(({ icao }) => icao)).toEqual(found);
  });

  it('are called by their short names', () => {
    expect(shortName(PUDONG, 'zh')).toBe('浦东');
    expect(shortName(HONGQIAO, 'en')).toBe('Hongqiao');
    expect(shortName(NEW, 'en')).toBe('New Field');
  });
});
