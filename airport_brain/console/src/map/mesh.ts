/** Meshes for deck.gl out of a GLB's primitives, coloured for day or night. */

import type { Theme } from '../theme';
import type { Primitive } from './glb';

export interface Mesh {
  attributes: {
    positions: { value: Float32Array; size: 3 };
    colors: { value: Float32Array; size: 3 };
  };
  indices: { value: Uint32Array; size: 1 };
}

/** What shines at night, by material: windows of halls, lamps, cabins. */
const SHINES: Readonly<Record<string, readonly [number, number, number]>> = {
  glass: [236, 190, 112],
  skylight: [214, 186, 132],
  bridge_glass: [240, 204, 138],
  window: [196, 168, 112],
  // Aprons are lit: aircraft and bridges are seen at night.
  fuselage: [148, 156, 166],
  wing: [104, 112, 122],
  tail: [150, 150, 150],
  engine: [92, 100, 110],
  bridge: [112, 120, 130],
  lamp: [255, 246, 214],
  sign_yellow: [247, 200, 40],
  sign_red: [214, 40, 46],
  paint_white: [238, 240, 242],
};

/** Colour of a material, 0 to 1 each; a shadow is white, to be coloured where it falls. */
export function colourOf(
  part: Pick<Primitive, 'material' | 'colour'>,
  theme: Theme | 'shadow',
): number[] {
  if (theme === 'shadow') return [1, 1, 1];
  if (theme === 'light') return part.colour.map((value) => value / 255);
  const shine = SHINES[part.material];
  if (shine) return shine.map((value) => value / 255);
  // Night takes the light and leaves a little of the colour, bluish.
  const [red, green, blue] = part.colour;
  return [red * 0.35, green * 0.38, blue * 0.42].map((value) => value / 255);
}

/** Mixed into the colour of what is chosen. */
const CHOSEN = [0.16, 0.5, 0.96] as const;

/**
 * One mesh of several primitives.
 * @param marked row of the thing to be tinted as chosen, -1 for none.
 */
export function meshOf(parts: readonly Primitive[], theme: Theme | 'shadow', marked = -1): Mesh {
  const corners = parts.reduce((sum, { points }) => sum + points.length / 3, 0);
  const sides = parts.reduce((sum, { triangles }) => sum + triangles.length, 0);
  const positions = new Float32Array(corners * 3);
  const colors = new Float32Array(corners * 3);
  const indices = new Uint32Array(sides);
  let corner = 0;
  let side = 0;
  for (const part of parts) {
    positions.set(part.points, corner * 3);
    const colour = colourOf(part, theme);
    const tinted = colour.map((value, at) => value * 0.35 + CHOSEN[at]! * 0.65);
    const count = part.points.length / 3;
    for (let at = 0; at < count; at += 1) {
      const isMarked = marked >= 0 && part.things?.[at] === marked;
      colors.set(isMarked ? tinted : colour, (corner + at) * 3);
    }
    for (const index of part.triangles) {
      indices[side] = corner + index;
      side += 1;
    }
    corner += count;
  }
  return {
    attributes: { positions: { value: positions, size: 3 }, colors: { value: colors, size: 3 } },
    indices: { value: indices, size: 1 },
  };
}
