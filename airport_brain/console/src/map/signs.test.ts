import { describe, expect, it } from 'vitest';
import { shelves } from './signs';

describe('words in one picture', () => {
  const sizes = Array.from({ length: 60 }, (_, at) => ({ width: 40 + ((at * 37) % 90), height: 14 + (at % 3) * 4 }));

  it('lie in rows, none over another, none past the edge', () => {
    const { boxes, height } = shelves(sizes, 512);
    boxes.forEach((box, at) => {
      expect(box.x + box.width).toBeLessThanOrEqual(512);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(at + 1)) {
        const apart =
          box.x + box.width <= other.x ||
          other.x + other.width <= box.x ||
          box.y + box.height <= other.y ||
          other.y + other.height <= box.y;
        expect(apart).toBe(true);
      }
    });
    expect(height).toBeLessThan(300);
  });

  it('may be wider than the picture or none', () => {
    expect(shelves([{ width: 600, height: 20 }], 512).boxes[0]).toEqual({ x: 0, y: 0, width: 600, height: 20 });
    expect(shelves([])).toEqual({ boxes: [], height: 0 });
  });
});
