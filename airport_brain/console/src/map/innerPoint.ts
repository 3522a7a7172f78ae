/** The place inside a shape that is farthest from its edges: where a name has most room. */

import type { Geometry, Position } from 'geojson';
import { metresPerDegreeEast, METRES_PER_DEGREE, type LonLat } from './geodesy';

/** Points tried along each side of the bounds, and how often the best one's surroundings are tried again. */
const TRIED = 14;
const ROUNDS = 3;

/** `null` for what is no area. The middle of an L or a T may lie outside of it; this never does. */
export function innerPoint(shape: Geometry): LonLat | null {
  const parts =
    shape.type === 'Polygon' ? [shape.coordinates] : shape.type === 'MultiPolygon' ? shape.coordinates : [];
  let best: { at: LonLat; room: number } | null = null;
  for (const rings of parts) {
    const found = roomiest(rings);
    if (found && (!best || found.room > best.room)) best = found;
  }
  return best?.at ?? null;
}

function roomiest(rings: readonly Position[][]): { at: LonLat; room: number } | null {
  const [outer] = rings;
  if (!outer || outer.length < 4) return null;
  const origin: LonLat = [outer[0]![0]!, outer[0]![1]!];
  const east = metresPerDegreeEast(origin[1]);
  const flat = rings.map((ring) =>
    ring.map(([x = 0, y = 0]): LonLat => [(x - origin[0]) * east, (y - origin[1]) * METRES_PER_DEGREE]),
  );
  const xs = flat[0]!.map(([x]) => x);
  const ys = flat[0]!.map(([, y]) => y);
  let [west, south, right, north] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  let best: { at: LonLat; room: number } = { at: [0, 0], room: -Infinity };
  for (let round = 0; round < ROUNDS; round += 1) {
    const [stepX, stepY] = [(right - west) / TRIED, (north - south) / TRIED];
    for (let column = 0.5; column < TRIED; column += 1) {
      for (let row = 0.5; row < TRIED; row += 1) {
        const at: LonLat = [west + column * stepX, south + row * stepY];
        const room = roomAt(at, flat);
        if (room > best.room) best = { at, room };
      }
    }
    [west, right] = [best.at[0] - stepX, best.at[0] + stepX];
    [south, north] = [best.at[1] - stepY, best.at[1] + stepY];
  }
  const [x, y] = best.at;
  return { at: [origin[0] + x / east, origin[1] + y / METRES_PER_DEGREE], room: best.room };
}

/** Metres to the nearest edge, negative outside. */
function roomAt([x, y]: LonLat, rings: readonly LonLat[][]): number {
  let inside = false;
  let nearest = Infinity;
  for (const ring of rings) {
    for (let at = 1; at < ring.length; at += 1) {
      const [ax, ay] = ring[at - 1]!;
      const [bx, by] = ring[at]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      const [dx, dy] = [bx - ax, by - ay];
      const length = dx * dx + dy * dy;
      const part = length > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
      nearest = Math.min(nearest, Math.hypot(x - ax - part * dx, y - ay - part * dy));
    }
  }
  return inside ? nearest : -nearest;
}
