/** Things that stand near each other, so that those out of sight need not be drawn. */

import { distanceM, METRES_PER_DEGREE, metresPerDegreeEast, type LonLat } from './geodesy';

export interface Group<T> {
  /** The same for the same place, whoever stands there. */
  name: string;
  /** Where the first of them is, and how far the others are from there, metres. */
  origin: LonLat;
  radiusM: number;
  members: T[];
}

/** Side of the squares that the ground is parted into. Smaller ones are drawn one by one for longer. */
const SIDE_M = 250;

/** Part things by where they are. */
export function groupsOf<T>(things: readonly T[], place: (thing: T) => LonLat): Group<T>[] {
  const groups = new Map<string, Group<T>>();
  for (const thing of things) {
    const at = place(thing);
    const name = squareOf(at);
    const known = groups.get(name);
    if (!known) {
      groups.set(name, { name, origin: at, radiusM: 0, members: [thing] });
      continue;
    }
    known.members.push(thing);
    known.radiusM = Math.max(known.radiusM, distanceM(known.origin, at));
  }
  return [...groups.values()];
}

function squareOf([longitude, latitude]: LonLat): string {
  const row = Math.floor((latitude * METRES_PER_DEGREE) / SIDE_M);
  // The same length of a degree for the whole row: columns stand upright.
  const degreeM = metresPerDegreeEast((row * SIDE_M) / METRES_PER_DEGREE);
  return `${row}.${Math.floor((longitude * degreeM) / SIDE_M)}`;
}
