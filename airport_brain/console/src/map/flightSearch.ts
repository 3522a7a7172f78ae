/** Flights among the answers of the map's search, found by the platform. */

import type { Flight } from '../api/types';
import type { LonLat } from './geodesy';
import type { Found } from './search';

/** A flight as an answer, at its stand. */
export function flightFound(flight: Flight, stands: ReadonlyMap<string, LonLat>): Found {
  const { id, display, direction, origin, destination, stand, gates } = flight;
  const way = direction === 'arrival' ? `${origin} →` : `→ ${destination}`;
  const gate = gates.length > 0 ? gates.join(', ') : '';
  const place = (standWord: string, gateWord: string): string =>
    [stand && `${standWord} ${stand}`, gate && `${gateWord} ${gate}`].filter(Boolean).join(' · ');
  return {
    kind: 'flight',
    id,
    zh: [`${display} ${way}`, place('机位', '登机口')].filter(Boolean).join(' · '),
    en: [`${display} ${way}`, place('stand', 'gate')].filter(Boolean).join(' · '),
    key: display,
    at: stands.get(stand) ?? null,
    ...(stands.has(stand) ? { stand } : {}),
  };
}
