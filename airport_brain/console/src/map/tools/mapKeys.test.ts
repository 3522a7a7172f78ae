import { describe, expect, it } from 'vitest';
import { mapKey, type Pressed } from './mapKeys';

function press(key: string, held: Partial<Pressed> = {}): Pressed {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('keys of the map', () => {
  it('mean tools and views', () => {
    expect(['m', 'A', 'd', 'f', '3', 'n', 'r', '0', '+', '-', 'Escape'].map((key) => mapKey(press(key), false))).toEqual([
      'distance', 'area', 'fence', 'follow', 'scene', 'north', 'runway', 'all', 'closer', 'farther', 'escape',
    ]);
    expect(mapKey(press('x'), false)).toBeNull();
    expect(mapKey(press('m', { altKey: true }), false)).toBeNull();
  });

  it('mean more while something is drawn', () => {
    for (const [key, meant] of [['Enter', 'finish'], [' ', 'point'], ['Backspace', 'back']] as const) {
      expect(mapKey(press(key), true)).toBe(meant);
      expect(mapKey(press(key), false)).toBeNull();
    }
  });

  it('print, undo and redo as everywhere, and leave the other pairs to the browser', () => {
    expect(mapKey(press('p', { ctrlKey: true }), false)).toBe('print');
    expect(mapKey(press('P', { metaKey: true, shiftKey: true }), true)).toBe('print');
    expect(mapKey(press('z', { ctrlKey: true }), false)).toBe('back');
    expect(mapKey(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('forward');
    expect(mapKey(press('y', { ctrlKey: true }), false)).toBe('forward');
    expect(mapKey(press('a', { ctrlKey: true }), false)).toBeNull();
    expect(mapKey(press('r', { ctrlKey: true }), false)).toBeNull();
  });
});
