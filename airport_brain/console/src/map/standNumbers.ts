/** Where the ground has the numbers of stands, for names that are not to cover them. */

import { inside, type Bounds } from './filters';
import type { LonLat } from './geodesy';
import { centroid } from './labels';
import { featuresOf, type Layers } from './layers';
import type { Box } from './placing';

/** Room of a number of three figures, pixels. */
const WIDTH = 30;
const HEIGHT = 16;
/** A number just outside of the picture reaches into it by less than this. */
const EDGE_DEG = 0.0002;

interface Stand {
  id: string;
  middle: LonLat;
}

const known = new WeakMap<Layers, readonly Stand[]>();

function standsOf(layers: Layers): readonly Stand[] {
  const before = known.get(layers);
  if (before) return before;
  const found = featuresOf(layers, 'stand').map(({ geometry, properties: { id } }) => ({ id, middle: centroid(geometry) }));
  known.set(layers, found);
  return found;
}

/**
 * Boxes of the numbers in the picture, pixels.
 * @param covered ids of stands whose numbers are not written, since aircraft are there.
 */
export function numberBoxes(
  layers: Layers,
  covered: ReadonlySet<string>,
  bounds: Bounds,
  project: (longitude: number, latitude: number) => { x: number; y: number },
): Box[] {
  return standsOf(layers)
    .filter(({ id, middle }) => !covered.has(id) && inside(bounds, middle[0], middle[1], EDGE_DEG))
    .map(({ middle }) => {
      const { x, y } = project(middle[0], middle[1]);
      return { x, y, width: WIDTH, height: HEIGHT };
    });
}
