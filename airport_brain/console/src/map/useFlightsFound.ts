import { useEffect, useState } from 'react';
import type { FlightsPage } from '../api/types';
import { getJson } from '../gateway/client';
import { useMay } from '../session';
import { flightFound } from './flightSearch';
import type { LonLat } from './geodesy';
import { wantedOf, type Found } from './search';

const READ = 'operations.flights.read';
const WAIT_MS = 250;
const LEAST_LETTERS = 2;
const MOST = 5;

export interface FlightsFound {
  found: Found[];
  /** The platform is being asked, or could not be. */
  state: 'asking' | 'known' | 'failed';
}

const NONE: FlightsFound = { found: [], state: 'known' };

/** Flights of an airport that have the words typed; none without the right to read flights. */
export function useFlightsFound(typed: string, iata: string, stands: ReadonlyMap<string, LonLat>): FlightsFound {
  const may = useMay(READ);
  const [flights, setFlights] = useState(NONE);
  const { text, kind } = wantedOf(typed);
  const asked = kind === null || kind === 'flight' || kind === 'gate' ? text : '';

  useEffect(() => {
    const unasked = !may || asked.length < LEAST_LETTERS;
    setFlights(unasked ? NONE : { found: [], state: 'asking' });
    if (unasked) return undefined;
    const ended = new AbortController();
    const timer = setTimeout(() => {
      const query = { q: asked, airport: iata, limit: MOST, newest_first: true };
      getJson<FlightsPage>('/api/operations/flights', { query, quiet: true, signal: ended.signal })
        .then(({ items }) => {
          if (ended.signal.aborted) return;
          setFlights({ found: items.map((flight) => flightFound(flight, stands)), state: 'known' });
        })
        // Places and vehicles are found all the same.
        .catch(() => {
          if (!ended.signal.aborted) setFlights({ found: [], state: 'failed' });
        });
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [may, asked, iata, stands]);

  return flights;
}
