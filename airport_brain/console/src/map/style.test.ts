import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { SAMPLE } from './sampleAirport';
import { buildStyle, LABEL_GROUPS, styleLayers } from './style';

const NOTHING = new Set<string>();

describe('the style', () => {
  it.each([
    ['light', 'zh'],
    ['light', 'en'],
    ['dark', 'zh'],
    ['dark', 'en'],
  ] as const)('is valid in %s, %s', (theme, language) => {
    const style = buildStyle(SAMPLE, { theme, language, hidden: NOTHING, three: false });
    expect(validateStyleMin(style)).toEqual([]);
  });

  it('asks the network for nothing', () => {
    const style = buildStyle(SAMPLE, { theme: 'light', language: 'zh', hidden: NOTHING, three: false });
    expect(style.glyphs).toBeUndefined();
    expect(style.sprite).toBeUndefined();
    expect(Object.values(style.sources).every((source) => source.type === 'geojson')).toBe(true);
    expect(JSON.stringify({ ...style, sources: {} })).not.toContain('http');
  });

  it('draws only what the airport has', () => {
    const layers = styleLayers(SAMPLE, { theme: 'light', language: 'zh', hidden: NOTHING, three: false });
    const ids = layers.map(({ id }) => id);
    expect(ids).toContain('stand');
    expect(ids).not.toContain('grass');
  });

  it('takes the ground from one source, each layer its own features', () => {
    const { sources, layers } = buildStyle(SAMPLE, { theme: 'light', language: 'zh', hidden: NOTHING, three: false });
    const used = layers.flatMap((layer) => ('source' in layer ? [layer.source] : []));
    // Every change from one source to the next is two passes over the whole picture.
    const changes = used.filter((source, at) => at > 0 && source !== used[at - 1]);
    expect(new Set(used)).toEqual(new Set(Object.keys(sources)));
    expect(new Set(used).size).toBe(3);
    expect(changes.length).toBeLessThanOrEqual(6);
    const stand = layers.find(({ id }) => id === 'stand') as { filter: unknown };
    expect(JSON.stringify(stand.filter)).toContain('stand');
  });

  it('hides a layer and everything that belongs to it', () => {
    const hidden = new Set(['runway', ...LABEL_GROUPS]);
    const layers = styleLayers(SAMPLE, { theme: 'light', language: 'zh', hidden, three: false });
    const visible = layers.filter((layer) => layer.layout?.visibility === 'visible');
    const shown = new Set(visible.map(({ id }) => id));
    for (const id of ['runway', 'markings', 'runway-number', 'runway-name', 'stand-name']) {
      expect(shown).not.toContain(id);
    }
    expect(shown).toContain('stand');
  });

  it('keeps the same layers whatever the language and theme, so that switching is cheap', () => {
    const ids = (theme: 'light' | 'dark', language: 'zh' | 'en') =>
      styleLayers(SAMPLE, { theme, language, hidden: NOTHING, three: false }).map(({ id }) => id);
    expect(ids('dark', 'en')).toEqual(ids('light', 'zh'));
  });
});
