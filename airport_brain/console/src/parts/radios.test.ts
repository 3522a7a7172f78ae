import { describe, expect, it } from 'vitest';
import { nextOf } from './radios';

describe('arrows in a group of which one is chosen', () => {
  it('go round', () => {
    expect(nextOf('ArrowRight', 0, 3)).toBe(1);
    expect(nextOf('ArrowDown', 2, 3)).toBe(0);
    expect(nextOf('ArrowLeft', 0, 3)).toBe(2);
    expect(nextOf('ArrowUp', 2, 3)).toBe(1);
  });

  it('leave other keys, and a focus elsewhere, alone', () => {
    expect(nextOf('Enter', 0, 3)).toBeNull();
    expect(nextOf('ArrowRight', -1, 3)).toBeNull();
  });
});
