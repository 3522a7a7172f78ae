import { describe, expect, it } from 'vitest';
import { draftOf, fieldFaults, fieldsOf, type Fields } from './draft';
import { fenceOf, newId, propertiesOf } from './fences';
import { looksOf, PURPOSE_WORDS, PURPOSES } from './purposes';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const GOOD: Fields = { ...fieldsOf(null), zh: '北侧施工', reason: '道面维修' };

describe('the form of a fence', () => {
  it('begins empty and says what is missing', () => {
    expect(fieldFaults(fieldsOf(null), NOW)).toEqual(['nameMissing', 'reasonShort']);
    expect(fieldFaults(GOOD, NOW)).toEqual([]);
  });

  it('asks a limit of a speed limit', () => {
    const limit = (kmh: string) => fieldFaults({ ...GOOD, purpose: 'speed_limit', limit: kmh }, NOW);
    for (const wrong of ['', '0', '-5', '500', 'x']) expect(limit(wrong)).toEqual(['limitMissing']);
    expect(limit('25')).toEqual([]);
    expect(draftOf({ ...GOOD, purpose: 'speed_limit', limit: '25' }).limitMps).toBeCloseTo(6.944, 3);
    expect(draftOf({ ...GOOD, limit: '25' }).limitMps).toBeNull();
  });

  it("reads the end off Shanghai's clocks and refuses one that has passed", () => {
    expect(draftOf({ ...GOOD, until: '2026-11-27T22:30' }).validTo).toBe('2026-11-27T14:30:00.000Z');
    expect(fieldFaults({ ...GOOD, until: '2026-11-27T19:59' }, NOW)).toEqual(['untilPast']);
    expect(fieldFaults({ ...GOOD, until: '2026-11-27T20:01' }, NOW)).toEqual([]);
  });

  it('gives what the layer asks for', () => {
    expect(propertiesOf(draftOf(GOOD))).toEqual({
      kind: 'works',
      name_zh: '北侧施工',
      name_en: '北侧施工',
      reason: '道面维修',
    });
    const hotspot = propertiesOf(draftOf({ ...GOOD, purpose: 'hotspot', en: 'HS 1' }));
    expect(hotspot).toMatchObject({ designator: 'HS 1', name_zh: '北侧施工', name_en: 'HS 1' });
    expect(hotspot).not.toHaveProperty('kind');
  });

  it('shows a saved fence as it was typed', () => {
    const fields: Fields = { ...GOOD, purpose: 'speed_limit', en: 'North', limit: '25', until: '2026-11-27T22:30' };
    const draft = draftOf(fields);
    const saved = fenceOf('restriction', {
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [[]] },
      properties: { id: 'ZSSS.restriction.1', ...propertiesOf(draft), valid_to: draft.validTo } as never,
    });
    expect(fieldsOf(saved)).toEqual(fields);
  });

  it('makes ids that the platform takes', () => {
    const ids = Array.from({ length: 50 }, () => newId('ZSSS', 'restriction', new Date(NOW)));
    for (const id of ids) expect(id).toMatch(/^ZSSS\.restriction\.20261127-[0-9a-z]{7}$/);
    expect(new Set(ids).size).toBe(50);
  });
});

describe('purposes', () => {
  it('differ in more than colour', () => {
    const looks = Object.values(PURPOSES).map(({ colour }) => colour);
    expect(new Set(looks).size).toBe(looks.length);
    expect(Object.keys(PURPOSE_WORDS.zh)).toEqual(expect.arrayContaining(Object.keys(PURPOSES)));
    // A closure has the hatching of what nothing passes.
    expect(looksOf('closed_stand').hatched).toBe(true);
    expect(looksOf('never heard of').hatched).toBe(true);
  });
});
