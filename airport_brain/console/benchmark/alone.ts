/**
 * The map's style in MapLibre alone, without movers and without deck.gl: what the map's benchmark is
 * measured beside. `#view=ZOOM/LATITUDE/LONGITUDE/BEARING/PITCH` puts the camera where the map's own
 * address does. Built by the benchmark, never shipped.
 */

import { Map as MapLibre, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { fetchAirport } from '../src/map/airport';
import { cameraOf, fit } from '../src/map/camera';
import { readHash } from '../src/map/permalink';
import { buildStyle } from '../src/map/style';

setWorkerUrl(workerUrl);

async function show(): Promise<void> {
  const { airport: icao, view, three } = readHash(location.hash);
  const airport = await fetchAirport(icao);
  const container = document.getElementById('map')!;
  new MapLibre({
    container,
    style: buildStyle(airport, { theme: 'light', language: 'zh', hidden: new Set(), three }),
    attributionControl: false,
    minZoom: 11,
    maxZoom: 21,
    maxPitch: 75,
    fadeDuration: 0,
    ...(view
      ? cameraOf(view)
      : { bounds: airport.manifest.bounds, fitBoundsOptions: fit(container) }),
  });
}

void show();
