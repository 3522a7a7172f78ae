import { useEffect, useMemo, useState } from 'react';
import type { FlightsPage } from '../api/types';
import { getJson } from '../gateway/client';
import type { Airport } from './layers';
import { parkedOf, standPlaces, type Parked } from './parked';
import type { Scene } from './scene';

const ASK_EVERY_MS = 20_000;
const BACK_MS = 18 * 3_600_000;
const AHEAD_MS = 4 * 3_600_000;
/** Times asked for are whole minutes, so that two maps ask the same. */
const MINUTE_MS = 60_000;

/** Aircraft on stands, from the flight board; none when the board may not be read. */
export function useParked(airport: Airport, scene: Scene | null): Parked[] {
  const [parked, setParked] = useState<Parked[]>([]);
  const stands = useMemo(() => standPlaces(airport.layers), [airport]);
  const { iata } = airport.manifest;

  useEffect(() => {
    const ended = new AbortController();
    setParked([]);
    const ask = (): void => {
      const now = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
      const query = {
        airport: iata,
        since: new Date(now - BACK_MS).toISOString(),
        until: new Date(now + AHEAD_MS).toISOString(),
        limit: 2000,
      };
      getJson<FlightsPage>('/api/operations/flights', { query, quiet: true, signal: ended.signal })
        .then(({ items, generated_at }) => {
          if (!ended.signal.aborted) setParked(parkedOf(items, stands, Date.parse(generated_at)));
        })
        // Without the right to read flights the map shows none; what was shown stays while offline.
        .catch(() => undefined);
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => {
      ended.abort();
      clearInterval(timer);
    };
  }, [iata, stands]);

  useEffect(() => {
    scene?.setParked(parked);
  }, [scene, parked]);

  return parked;
}
