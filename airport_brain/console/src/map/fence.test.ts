import { describe, expect, it } from 'vitest';
import { Fence } from './fence';

/** A graphics card that is done when told. */
function card() {
  const fences = new Set<object>();
  const state = { done: false, lost: false };
  const gl = {
    SYNC_GPU_COMMANDS_COMPLETE: 1,
    SYNC_STATUS: 2,
    UNSIGNALED: 3,
    fenceSync: () => {
      const sync = {};
      fences.add(sync);
      return sync;
    },
    deleteSync: (sync: object) => fences.delete(sync),
    flush: () => undefined,
    isContextLost: () => state.lost,
    getSyncParameter: () => (state.done ? 4 : 3),
  };
  return { state, fences, canvas: { getContext: () => gl } as unknown as HTMLCanvasElement };
}

describe('a fence', () => {
  it('is passed where nothing was drawn', () => {
    const fence = new Fence();
    expect(fence.passed(0)).toEqual({ done: true });
    fence.set(null, 0);
    expect(fence.passed(1)).toEqual({ done: true });
  });

  it('tells once how long a picture took', () => {
    const { state, fences, canvas } = card();
    const fence = new Fence();
    fence.set(canvas, 100);
    expect(fence.passed(120)).toEqual({ done: false });
    state.done = true;
    expect(fence.passed(340)).toEqual({ done: true, tookMs: 240 });
    expect(fence.passed(360)).toEqual({ done: true });
    expect(fences.size).toBe(0);
  });

  it('stands behind the newest picture alone', () => {
    const { fences, canvas } = card();
    const fence = new Fence();
    for (let picture = 0; picture < 5; picture += 1) fence.set(canvas, picture);
    expect(fences.size).toBe(1);
  });

  it('holds nobody up when the graphics card is lost', () => {
    const { state, canvas } = card();
    const fence = new Fence();
    fence.set(canvas, 0);
    state.lost = true;
    expect(fence.passed(1).done).toBe(true);
  });
});
