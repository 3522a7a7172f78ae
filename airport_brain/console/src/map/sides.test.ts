import { describe, expect, it } from 'vitest';
import { sideFor, type Room } from './sides';

const AT = { x: 100, y: 100 };
const room = (change: Partial<Room>): Room => ({ lift: 20, width: 70, height: 18, never: [], rather: [], ...change });
const box = (y: number) => ({ x: 100, y, width: 30, height: 16 });

describe('a name beside its marker', () => {
  it('stays where it was while there is room', () => {
    expect(sideFor(AT, room({}), 1)).toBe(1);
    expect(sideFor(AT, room({}), -1)).toBe(-1);
  });

  it('goes to the other side of what it must not cover', () => {
    expect(sideFor(AT, room({ never: [box(120)] }), 1)).toBe(-1);
    expect(sideFor(AT, room({ never: [box(80)] }), -1)).toBe(1);
  });

  it('is left out where there is no room at all', () => {
    expect(sideFor(AT, room({ never: [box(120), box(80)] }), 1)).toBeNull();
  });

  it('covers a number on the ground only when both sides would', () => {
    expect(sideFor(AT, room({ rather: [box(120)] }), 1)).toBe(-1);
    expect(sideFor(AT, room({ rather: [box(120), box(80)] }), 1)).toBe(1);
    expect(sideFor(AT, room({ never: [box(80)], rather: [box(120)] }), 1)).toBe(1);
  });
});
