/** Corners that somebody sets on the map one by one, with undo. Pure. */

import type { LonLat } from '../geodesy';

export interface Sketch {
  corners: readonly LonLat[];
  /** Nothing more is added by a click; corners can still be moved. */
  done: boolean;
  before: readonly (readonly LonLat[])[];
  after: readonly (readonly LonLat[])[];
}

export type Step =
  | { do: 'add'; at: LonLat }
  | { do: 'insert'; behind: number; at: LonLat }
  /** A corner is taken in hand: what was before can come back. */
  | { do: 'grab' }
  | { do: 'move'; corner: number; to: LonLat }
  | { do: 'remove'; corner: number }
  | { do: 'undo' }
  | { do: 'redo' }
  | { do: 'finish' }
  | { do: 'begin'; corners: readonly LonLat[]; done?: boolean };

export const EMPTY: Sketch = { corners: [], done: false, before: [], after: [] };

/** What a sketch is after a step. */
export function stepped(sketch: Sketch, step: Step): Sketch {
  const { corners } = sketch;
  switch (step.do) {
    case 'add':
      return sketch.done ? sketch : changed(sketch, [...corners, step.at]);
    case 'insert':
      return changed(sketch, [...corners.slice(0, step.behind + 1), step.at, ...corners.slice(step.behind + 1)]);
    case 'grab':
      return changed(sketch, corners);
    case 'move':
      return { ...sketch, corners: corners.map((corner, at) => (at === step.corner ? step.to : corner)) };
    case 'remove':
      return changed(sketch, corners.filter((_, at) => at !== step.corner));
    case 'undo':
      return back(sketch);
    case 'redo':
      return again(sketch);
    case 'finish':
      return { ...sketch, done: true };
    case 'begin':
      return { ...EMPTY, corners: step.corners, done: step.done ?? false };
  }
}

function changed(sketch: Sketch, corners: readonly LonLat[]): Sketch {
  return { ...sketch, corners, before: [...sketch.before, sketch.corners], after: [] };
}

function back(sketch: Sketch): Sketch {
  const corners = sketch.before.at(-1);
  if (!corners) return sketch;
  return {
    ...sketch,
    corners,
    before: sketch.before.slice(0, -1),
    after: [sketch.corners, ...sketch.after],
  };
}

function again(sketch: Sketch): Sketch {
  const [corners, ...after] = sketch.after;
  if (!corners) return sketch;
  return { ...sketch, corners, before: [...sketch.before, sketch.corners], after };
}
