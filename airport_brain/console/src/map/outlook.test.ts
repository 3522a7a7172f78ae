import { describe, expect, it } from 'vitest';
import type { Bounds } from './filters';
import { Outlook } from './outlook';

const SEEN: Bounds = [121.7, 31.1, 121.8, 31.2];

function bounds(message: string | null): Bounds {
  return (JSON.parse(message!) as { bounds: Bounds }).bounds;
}

function moved([west, south, east, north]: Bounds, by: number): Bounds {
  return [west + by, south, east + by, north];
}

describe('what the platform is asked for', () => {
  it('is what is seen with room around it', () => {
    const [west, south, east, north] = bounds(new Outlook().next(SEEN));
    expect([west, south, east, north].map((one) => Number(one.toFixed(3)))).toEqual([121.65, 31.05, 121.85, 31.25]);
  });

  it('does for small movements and is asked for anew after a large one', () => {
    const outlook = new Outlook();
    outlook.next(SEEN);
    expect(outlook.next(moved(SEEN, 0.04))).toBeNull();
    expect(outlook.next(moved(SEEN, 0.06))).not.toBeNull();
    expect(outlook.next(moved(SEEN, 0.06))).toBeNull();
  });

  it('is given up when it has become far too large', () => {
    const outlook = new Outlook();
    outlook.next(SEEN);
    expect(outlook.next([121.74, 31.14, 121.76, 31.16])).not.toBeNull();
  });

  it('is everything from far away', () => {
    expect(bounds(new Outlook().next([100, 20, 140, 50]))).toBeNull();
  });

  it('is asked again on a new connection', () => {
    const outlook = new Outlook();
    outlook.next(SEEN);
    outlook.forget();
    expect(outlook.next(SEEN)).not.toBeNull();
  });
});
