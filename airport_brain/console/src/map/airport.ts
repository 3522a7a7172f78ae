/** Fetching airports; one that was fetched is kept while the console is open. */

import { getJson } from '../gateway/client';
import type { Airport, AirportSummary, Layer, Manifest } from './layers';

const ROOT = '/api/spatiotemporal/airports';

const kept = new Map<string, Promise<Airport>>();

export function fetchAirports(): Promise<AirportSummary[]> {
  return getJson<AirportSummary[]>(ROOT);
}

/** An airport with all its layers. */
export function fetchAirport(icao: string): Promise<Airport> {
  let airport = kept.get(icao);
  if (!airport) {
    airport = fetchAll(icao);
    kept.set(icao, airport);
    airport.catch(() => kept.delete(icao));
  }
  return airport;
}

async function fetchAll(icao: string): Promise<Airport> {
  const manifest = await getJson<Manifest>(`${ROOT}/${icao}`);
  const layers = await Promise.all(
    manifest.layers.map(async ({ name }) => {
      const layer = await getJson<Layer>(`${ROOT}/${icao}/layers/${encodeURIComponent(name)}`);
      return [name, layer] as const;
    }),
  );
  return { manifest, layers: Object.fromEntries(layers) };
}
