import { describe, expect, it } from 'vitest';
import { chosen } from './language';

describe('chosen', () => {
  it('is the first that names a language', () => {
    expect(chosen('en', 'zh')).toBe('en');
    expect(chosen(null, 'en')).toBe('en');
    expect(chosen('zh-CN', 'en')).toBe('zh');
    expect(chosen('EN-gb')).toBe('en');
  });

  it('is Chinese when nothing does', () => {
    expect(chosen()).toBe('zh');
    expect(chosen(null, 'fr', '')).toBe('zh');
  });
});

const tables = import.meta.glob<Record<string, unknown>>('../**/*{w,W}ords.ts', { eager: true });

/** The tables that a module gives away, by name. */
function tablesOf(module: Record<string, unknown>): [string, Record<'zh' | 'en', object>][] {
  return Object.entries(module).filter(
    (entry): entry is [string, Record<'zh' | 'en', object>] =>
      typeof entry[1] === 'object' && entry[1] !== null && 'zh' in entry[1] && 'en' in entry[1],
  );
}

describe('every table of words', () => {
  const found = Object.entries(tables).flatMap(([file, module]) =>
    tablesOf(module).map(([name, table]) => [`${file} ${name}`, table] as const),
  );

  it('is found', () => {
    expect(found.length).toBeGreaterThanOrEqual(6);
  });

  it.each(found)('%s has the same keys in both languages, and no empty text', (_, { zh, en }) => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const [key, entry] of [...Object.entries(zh), ...Object.entries(en)]) {
      expect(entry, key).not.toBe('');
      expect(['string', 'function'], key).toContain(typeof entry);
    }
    for (const [key, entry] of Object.entries(zh)) {
      const twin = (en as Record<string, unknown>)[key];
      expect(typeof twin, key).toBe(typeof entry);
    }
  });
});
