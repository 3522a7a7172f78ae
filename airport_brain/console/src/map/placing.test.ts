import { describe, expect, it } from 'vitest';
import { placed, textWidth } from './placing';

const box = (x: number, y: number) => ({ x, y, width: 40, height: 20 });

describe('boxes', () => {
  it('keep clear of each other, the first go first', () => {
    const [first, over, beside, below] = [box(0, 0), box(39, 19), box(40, 0), box(0, 20)];
    expect(placed([first, over, beside, below])).toEqual([first, beside, below]);
    expect(placed([over, first])).toEqual([over]);
  });

  it('keep clear of what is there', () => {
    expect(placed([box(0, 0), box(100, 0)], [{ x: 10, y: 0, width: 2, height: 2 }])).toEqual([box(100, 0)]);
  });

  it('are as wide as their text', () => {
    expect(textWidth('航站楼', 12)).toBe(36);
    expect(textWidth('T2', 10)).toBeCloseTo(11.2);
  });
});
