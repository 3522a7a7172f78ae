import { describe, expect, it } from 'vitest';
import type { Layer } from '@deck.gl/core';
import { Kept } from './kept';

let made = 0;
const make = (id: string): Layer => ({ id, number: (made += 1) }) as unknown as Layer;

describe('layers of one picture after another', () => {
  it('are the same as long as they are made of the same', () => {
    const kept = new Kept();
    const data = [1, 2];
    kept.begin();
    const first = kept.layer('a', [data, 'light'], make);
    kept.begin();
    expect(kept.layer('a', [data, 'light'], make)).toBe(first);
    kept.begin();
    expect(kept.layer('a', [data, 'dark'], make)).not.toBe(first);
    kept.begin();
    expect(kept.layer('a', [[1, 2], 'dark'], make)).not.toBe(first);
  });

  it('are forgotten when a picture is without them', () => {
    const kept = new Kept();
    kept.begin();
    const first = kept.layer('a', [], make);
    kept.begin();
    kept.begin();
    expect(kept.layer('a', [], make)).not.toBe(first);
  });
});
