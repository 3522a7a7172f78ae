/** Copies of models for what stands: aircraft by type, airline and place, and moving parts of bridges. */

import type { Theme } from '../theme';
import { tailColour } from './airlines';
import { copy, facing, type Copy } from './baked';
import type { Parts } from './bridges';
import type { Models } from './models';
import { middleOf, type Parked } from './parked';

const SHADOW: Readonly<Record<Theme, readonly number[]>> = {
  light: [160, 167, 174],
  dark: [18, 25, 32],
};

/** How aircraft are drawn. */
export interface Form {
  form: 'aircraft' | 'plan';
  shadows: boolean;
}

/** Aircraft on their stands; shadows first, for they lie under all of them. */
export function aircraftCopies(
  models: Models,
  parked: readonly Parked[],
  theme: Theme,
  { form, shadows }: Form,
): Copy[] {
  const under: Copy[] = [];
  const above: Copy[] = [];
  for (const one of parked) {
    const type = models.aircraftType(one.type, one.code);
    const at = middleOf(one, models.lengthM(type));
    const shadow = shadows && models.shadow(type);
    if (shadow) {
      // A little towards north-west: the sun stands south-east.
      const height = models.heightM(type);
      const fallen = facing(one.bearing, [-height * 0.16, height * 0.22, -0.25]);
      under.push(copy(shadow, at, fallen, shares(SHADOW[theme])));
    }
    const [body, tail] = (['body', 'tail'] as const).map((part) => models.mesh(`${form}.${type}`, theme, part));
    if (body) above.push(copy(body, at, facing(one.bearing)));
    if (tail) above.push(copy(tail, at, facing(one.bearing), shares(night(tailColour(one.airline), theme))));
  }
  return [...under, ...above];
}

/** Bridges by their rows in the lists of parts. */
export function bridgeCopies(models: Models, parts: Parts, rows: readonly number[], theme: Theme): Copy[] {
  return (['tunnel', 'cab', 'legs'] as const).flatMap((name) => {
    const mesh = models.mesh(`bridge.${name}`, theme);
    if (!mesh) return [];
    return rows.map((row) => {
      const { at, matrix } = parts[name][row]!;
      return copy(mesh, at, matrix);
    });
  });
}

/** A white mesh is dimmed by its materials; a colour of its own has to be dimmed here. */
function night(colour: readonly [number, number, number], theme: Theme): readonly number[] {
  // The tail's own material is white by day and dim by night already.
  return theme === 'dark' ? colour.map((value) => Math.min(255, value * 1.6 + 30)) : colour;
}

function shares(colour: readonly number[]): number[] {
  return colour.map((value) => value / 255);
}
