/** Meshes for deck.gl out of a GLB's primitives, coloured for day or night. */

import type { Theme } from '../theme';
import type { Primitive } from './glb';
import { brightness } from './light';

export interface Mesh {
  attributes: {
    positions: { value: Float32Array; size: 3 };
    colors: { value: Float32Array; size: 3 };
    normals: { value: Float32Array; size: 3 };
  };
}

/** How deck.gl draws these meshes: as they are coloured, and only sides that face the camera. */
export const UNLIT = {
  // A member that the shader knows and the types do not.
  material: { unlit: true } as object,
  parameters: { cullMode: 'back' },
} as const;

/** What shines at night, by material: windows of halls, lamps, cabins. */
const SHINES: Readonly<Record<string, readonly [number, number, number]>> = {
  glass: [236, 190, 112],
  skylight: [214, 186, 132],
  bridge_glass: [240, 204, 138],
  window: [196, 168, 112],
  // Aprons are lit: aircraft and bridges are seen at night.
  fuselage: [148, 156, 166],
  wing: [104, 112, 122],
  wing_above: [104, 112, 122],
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
 * One mesh of several primitives, each side with its own corners and its light in their colours.
 * @param marked row of the thing to be tinted as chosen, -1 for none.
 */
export function meshOf(parts: readonly Primitive[], theme: Theme | 'shadow', marked = -1): Mesh {
  const corners = parts.reduce((sum, { triangles }) => sum + triangles.length, 0);
  const positions = new Float32Array(corners * 3);
  const colors = new Float32Array(corners * 3);
  let at = 0;
  for (const part of parts) {
    const plain = colourOf(part, theme);
    const tinted = plain.map((value, channel) => value * 0.35 + CHOSEN[channel]! * 0.65);
    for (let side = 0; side < part.triangles.length; side += 3) {
      for (let corner = 0; corner < 3; corner += 1) {
        const from = part.triangles[side + corner]! * 3;
        for (let axis = 0; axis < 3; axis += 1) positions[at + corner * 3 + axis] = part.points[from + axis]!;
      }
      const isMarked = marked >= 0 && part.things?.[part.triangles[side]!] === marked;
      const light = theme === 'shadow' ? 1 : sideLight(positions, at, theme);
      const [red, green, blue] = isMarked ? tinted : plain;
      for (let corner = 0; corner < 9; corner += 3) {
        colors[at + corner] = red! * light;
        colors[at + corner + 1] = green! * light;
        colors[at + corner + 2] = blue! * light;
      }
      at += 9;
    }
  }
  return {
    attributes: {
      positions: { value: positions, size: 3 },
      colors: { value: colors, size: 3 },
      // Given, though unused, so that none are worked out for each pixel.
      normals: { value: new Float32Array(corners * 3), size: 3 },
    },
  };
}

/** Light on the side whose corners begin at a place in the list. */
function sideLight(p: Float32Array, at: number, theme: Theme): number {
  const ux = p[at + 3]! - p[at]!, uy = p[at + 4]! - p[at + 1]!, uz = p[at + 5]! - p[at + 2]!;
  const vx = p[at + 6]! - p[at]!, vy = p[at + 7]! - p[at + 1]!, vz = p[at + 8]! - p[at + 2]!;
  const x = uy * vz - uz * vy;
  const y = uz * vx - ux * vz;
  const z = ux * vy - uy * vx;
  const length = Math.hypot(x, y, z) || 1;
  return brightness(x / length, y / length, z / length, theme);
}
