/**
 * A picture that was drawn a moment ago, laid where the camera sees its ground now.
 *
 * Two views of a plane differ by a homography, and a style sheet's `matrix3d` is one: the ground lies
 * exactly where it is, flat or leaning. What stands on it leans a little until it is drawn again.
 */

import type { Map as MapLibre } from 'maplibre-gl';
import type { LonLat } from './geodesy';

export interface Spot {
  x: number;
  y: number;
}

/** Corners of a rectangle or what has become of them: clockwise from the upper left. */
export type Corners = readonly [Spot, Spot, Spot, Spot];

/** From this share of the picture's height down to its lower edge there is ground, however the camera leans. */
const GROUND_FROM = 0.5;
/** Smaller than what one pixel does to a thousand. */
const NOTHING = 1e-8;
/** A picture that would be drawn so much off is of no use, in its own width. */
const TOO_FAR = 0.6;

export class Carried {
  private places: readonly LonLat[] = [];
  private rectangle: Corners | null = null;

  /** @param elements what shows the picture, each as large as the map. */
  constructor(
    private readonly map: MapLibre,
    private readonly elements: () => HTMLElement[],
  ) {}

  /** The picture was drawn with the camera as it is. */
  drawn(): void {
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const top = height * GROUND_FROM;
    this.rectangle = [
      { x: 0, y: top },
      { x: width, y: top },
      { x: width, y: height },
      { x: 0, y: height },
    ];
    this.places = this.rectangle.map(({ x, y }) => {
      const { lng, lat } = this.map.unproject([x, y]);
      return [lng, lat];
    });
    this.lay('');
  }

  /** The picture is gone: its canvas got another size. */
  lose(): void {
    this.rectangle = null;
  }

  /** Lay it where its ground is now; says whether it is still of use. */
  carry(): boolean {
    const { rectangle } = this;
    if (!rectangle) return false;
    const corners = this.places.map((place) => this.map.project(place)) as unknown as Corners;
    const off = corners.map(({ x, y }, at) => Math.hypot(x - rectangle[at]!.x, y - rectangle[at]!.y));
    if (!(Math.max(...off) < TOO_FAR * rectangle[1].x)) return false;
    this.lay(`matrix3d(${matrixTo(rectangle, corners).join(',')})`);
    return true;
  }

  private lay(transform: string): void {
    for (const { style } of this.elements()) {
      style.transformOrigin = '0 0';
      style.transform = transform;
    }
  }
}

/** Columns of the 4 x 4 matrix that takes a rectangle to four other corners. */
export function matrixTo(from: Corners, to: Corners): number[] {
  const [a, b, c, d] = to;
  const [dx1, dx2, sx] = [b.x - c.x, d.x - c.x, a.x - b.x + c.x - d.x];
  const [dy1, dy2, sy] = [b.y - c.y, d.y - c.y, a.y - b.y + c.y - d.y];
  const whole = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / whole;
  const h = (dx1 * sy - sx * dy1) / whole;
  // Of the unit square; then of the rectangle, which is that square moved and stretched.
  const [width, height] = [from[1].x - from[0].x, from[3].y - from[0].y];
  const [u, v] = [-from[0].x / width, -from[0].y / height];
  const row = (right: number, down: number, origin: number): [number, number, number] => [
    right / width,
    down / height,
    origin + right * u + down * v,
  ];
  const [xr, xd, xo] = row(b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x);
  const [yr, yd, yo] = row(b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y);
  const [wr, wd, wo] = row(g, h, 1);
  const made = [xr, yr, 0, wr, xd, yd, 0, wd, 0, 0, wo, 0, xo, yo, 0, wo];
  return made.map((one) => clean(one / wo));
}

/** What differs by rounding alone from nothing or from one is that: a compositor has a quicker way for it. */
function clean(value: number): number {
  if (Math.abs(value) < NOTHING) return 0;
  return Math.abs(value - 1) < NOTHING ? 1 : value;
}
