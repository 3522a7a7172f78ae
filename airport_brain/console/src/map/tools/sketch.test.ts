import { describe, expect, it } from 'vitest';
import type { LonLat } from '../geodesy';
import { EMPTY, stepped, type Sketch, type Step } from './sketch';

const [A, B, C]: [LonLat, LonLat, LonLat] = [
  [1, 1],
  [2, 1],
  [2, 2],
];

function after(...steps: Step[]): Sketch {
  return steps.reduce(stepped, EMPTY);
}

const add = (at: LonLat): Step => ({ do: 'add', at });

describe('a sketch', () => {
  it('takes corners until it is finished', () => {
    const sketch = after(add(A), add(B), { do: 'finish' }, add(C));
    expect(sketch.corners).toEqual([A, B]);
    expect(sketch.done).toBe(true);
  });

  it('goes back and forward step by step', () => {
    const drawn = [add(A), add(B), add(C)];
    expect(after(...drawn, { do: 'undo' }).corners).toEqual([A, B]);
    expect(after(...drawn, { do: 'undo' }, { do: 'undo' }, { do: 'redo' }).corners).toEqual([A, B]);
    expect(after(...drawn, { do: 'undo' }, add(A), { do: 'redo' }).corners).toEqual([A, B, A]);
    expect(after({ do: 'undo' }, { do: 'redo' }).corners).toEqual([]);
  });

  it('counts a drag of many moves as one step', () => {
    const drag: Step[] = [1, 2, 3].map((x) => ({ do: 'move', corner: 0, to: [x * 10, 0] }));
    const dragged = after(add(A), add(B), { do: 'grab' }, ...drag);
    expect(dragged.corners).toEqual([[30, 0], B]);
    expect(stepped(dragged, { do: 'undo' }).corners).toEqual([A, B]);
  });

  it('inserts and removes corners', () => {
    expect(after(add(A), add(C), { do: 'insert', behind: 0, at: B }).corners).toEqual([A, B, C]);
    expect(after(add(A), add(B), add(C), { do: 'remove', corner: 1 }).corners).toEqual([A, C]);
  });

  it('begins anew without a past', () => {
    const begun = after(add(A), { do: 'begin', corners: [B, C], done: true });
    expect(begun).toEqual({ corners: [B, C], done: true, before: [], after: [] });
  });
});
