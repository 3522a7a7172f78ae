/** What an answer of the search means on the map. */

import type { LonLat } from './geodesy';
import type { Scene } from './scene';
import type { Found } from './search';

export interface Placed {
  /** What is chosen then; `null` when it has no place. */
  chosen: { mover: string; following: boolean } | { stand: string } | { thing: string } | null;
  at: LonLat | null;
}

/** A flight is where its aircraft reports to be, or else at its stand. */
export function placeOf(found: Found, scene: Scene | null): Placed {
  if (found.kind === 'vehicle') return moving(found.id, scene);
  if (found.kind === 'flight') {
    const aircraft = scene?.motion.names.find((one) => one?.kind === 'aircraft' && one.label === found.key);
    if (aircraft) return moving(aircraft.id, scene);
  }
  if (found.kind === 'flight' || found.kind === 'gate') {
    return { chosen: found.stand ? { stand: found.stand } : null, at: found.at };
  }
  if (found.kind === 'stand') return { chosen: { stand: found.key }, at: found.at };
  return { chosen: { thing: found.id }, at: found.at };
}

function moving(id: string, scene: Scene | null): Placed {
  const motion = scene?.motion;
  const mover = motion?.find(id) ?? -1;
  const at: LonLat | null = motion?.placed(mover) ? [motion.lon[mover]!, motion.lat[mover]!] : null;
  return { chosen: { mover: id, following: true }, at };
}
