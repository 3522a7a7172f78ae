/**
 * The map itself: MapLibre for the ground, deck.gl over it for the vehicles.
 *
 * React makes one scene and tells it what to show; nothing here goes through React. Vehicles are
 * drawn in a canvas of their own (`interleaved: false`), so the ground is drawn again only when the
 * camera moves.
 */

import { MapboxOverlay } from '@deck.gl/mapbox';
import { Map as MapLibre, setWorkerUrl, type LayerSpecification, type GeoJSONSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Frame } from './frame';
import { count, type Bounds, type Counts } from './filters';
import { metresPerPixel, type LonLat } from './geodesy';
import { featuresOf, type Airport } from './layers';
import { Motion } from './motion';
import { Pace } from './pace';
import type { View } from './permalink';
import { buildStyle, styleLayers, type Looks } from './style';
import { Vehicles } from './vehicles';

setWorkerUrl(workerUrl);

/** A mover by its id, or a stand by its number. */
export type Picked = { mover: string } | { stand: string };

export interface Watching {
  /** Somebody pointed at something; `null`: at nothing. */
  onPick: (picked: Picked | null) => void;
  /** The camera stands still. */
  onView: (view: View) => void;
  /** The camera moves or the pointer does; for things written straight into the page. */
  onCamera: (bearing: number, metresPerPixel: number) => void;
  onPointer: (at: LonLat | null) => void;
  /** Once a second. */
  onCounts: (counts: Counts) => void;
  /** The person took the map in hand: following ends. */
  onDrag: () => void;
}

const PICK_PIXELS = 16;
const SETTLE_MS = 1000;
/** A followed mover is brought back to the middle when it leaves the inner part of the map. */
const INNER_PART = 0.25;

export class Scene {
  readonly motion = new Motion();
  private readonly map: MapLibre;
  private readonly overlay: MapboxOverlay;
  private readonly vehicles = new Vehicles(this.motion);
  private readonly pace = new Pace();
  private drawnLayers: LayerSpecification[] = [];
  private styled = false;
  private chosen = -1;
  private stand = '';
  private following = false;
  private fleetsOff: ReadonlySet<string> = new Set();
  private settledMs = 0;
  private running = 0;
  private dirty = true;

  constructor(
    container: HTMLElement,
    private airport: Airport,
    private looks: Looks,
    view: View | null,
    private readonly watching: Watching,
  ) {
    const style = buildStyle(airport, looks);
    this.drawnLayers = style.layers;
    this.map = new MapLibre({
      container,
      style,
      attributionControl: false,
      localIdeographFontFamily: '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
      minZoom: 11,
      maxZoom: 21,
      maxPitch: 0,
      pitchWithRotate: false,
      fadeDuration: 0,
      ...(view ? cameraOf(view) : { bounds: airport.manifest.bounds, fitBoundsOptions: fit(container) }),
    });
    this.overlay = new MapboxOverlay({
      interleaved: false,
      layers: [],
      useDevicePixels: true,
      // Markers are pictures with soft edges; multisampling costs a software renderer most of its time.
      deviceProps: { type: 'webgl', webgl: { antialias: false } },
    });
    this.map.addControl(this.overlay);
    this.listen();
    this.running = requestAnimationFrame(this.turn);
  }

  private listen(): void {
    const { map, watching } = this;
    map.once('load', this.ready);
    map.on('move', () => this.tellCamera());
    map.on('moveend', () => {
      this.settledMs = 0;
      watching.onView(this.view());
    });
    map.on('dragstart', () => watching.onDrag());
    map.on('mousemove', ({ lngLat }) => watching.onPointer([lngLat.lng, lngLat.lat]));
    map.on('mouseout', () => watching.onPointer(null));
    map.on('click', ({ lngLat, point }) => watching.onPick(this.pick([lngLat.lng, lngLat.lat], point)));
    this.tellCamera();
  }

  /** The style is there; what was asked for meanwhile is made up for. */
  private readonly ready = (): void => {
    this.styled = true;
    this.restyle();
    this.markStand();
  };

  private tellCamera(): void {
    const { map } = this;
    this.dirty = true;
    this.watching.onCamera(map.getBearing(), metresPerPixel(map.getZoom(), map.getCenter().lat));
  }

  private pick(at: LonLat, point: { x: number; y: number }): Picked | null {
    const radius = PICK_PIXELS * metresPerPixel(this.map.getZoom(), at[1]);
    const drawn = new Set(this.vehicles.shown);
    const mover = this.motion.nearest(at[0], at[1], radius, (one) => drawn.has(one));
    const name = this.motion.names[mover];
    if (name) return { mover: name.id };
    if (!this.styled || !this.map.getLayer('stand')) return null;
    const [stand] = this.map.queryRenderedFeatures([point.x, point.y], { layers: ['stand'] });
    return stand ? { stand: String(stand.properties.number) } : null;
  }

  /** One turn of the loop: move everybody, draw if anything is different. */
  private readonly turn = (nowMs: number): void => {
    this.running = requestAnimationFrame(this.turn);
    if (!this.pace.due(nowMs)) return;
    const moved = this.motion.move(nowMs);
    const settle = nowMs - this.settledMs >= SETTLE_MS;
    if (settle) this.settle(nowMs);
    if (!moved && !this.dirty && !settle) return;
    this.dirty = false;
    this.overlay.setProps({ layers: this.vehicles.layers(this.sight(), this.chosen) });
    this.pace.drawn(nowMs);
    if (settle && this.following) this.keepInView();
  };

  private sight() {
    const { map } = this;
    return { zoom: map.getZoom(), latitude: map.getCenter().lat, theme: this.looks.theme };
  }

  private settle(nowMs: number): void {
    this.settledMs = nowMs;
    this.vehicles.settle(
      {
        ...this.sight(),
        bounds: this.viewBounds(),
        fleetsOff: this.fleetsOff,
        named: !this.looks.hidden.has('label.vehicle'),
        nowMs,
        project: (longitude, latitude) => this.map.project([longitude, latitude]),
      },
      this.chosen,
    );
    this.watching.onCounts(count(this.motion, this.airport.manifest.bounds, nowMs));
  }

  private viewBounds(): Bounds {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  /** Take a frame of the live socket. */
  take(frame: Frame): void {
    const before = this.motion.size;
    this.motion.take(frame, performance.now());
    this.dirty = true;
    // Whoever is new shows at once.
    if (this.motion.size !== before || this.vehicles.shown.length === 0) this.settledMs = 0;
  }

  /** Draw another airport. */
  setAirport(airport: Airport, view: View | null): void {
    if (airport === this.airport) return;
    this.airport = airport;
    this.styled = false;
    const style = buildStyle(airport, this.looks);
    this.drawnLayers = style.layers;
    this.map.setStyle(style, { diff: false });
    this.map.once('style.load', this.ready);
    if (view) this.map.jumpTo(cameraOf(view));
    else this.map.fitBounds(airport.manifest.bounds, { ...fit(this.map.getContainer()), bearing: 0, duration: 0 });
    this.settledMs = 0;
  }

  /** Change colours, language or visible layers; only what differs is touched. */
  setLooks(looks: Looks): void {
    this.looks = looks;
    this.settledMs = 0;
    if (this.styled) this.restyle();
  }

  private restyle(): void {
    const wanted = styleLayers(this.airport, this.looks);
    const before = new Map(this.drawnLayers.map((layer) => [layer.id, layer]));
    for (const layer of wanted) {
      const old = before.get(layer.id);
      for (const [name, value] of changed(old?.paint, layer.paint)) {
        this.map.setPaintProperty(layer.id, name as never, value as never, { validate: false });
      }
      for (const [name, value] of changed(old?.layout, layer.layout)) {
        this.map.setLayoutProperty(layer.id, name as never, value as never, { validate: false });
      }
    }
    this.drawnLayers = wanted;
  }

  setFleetsOff(fleets: ReadonlySet<string>): void {
    this.fleetsOff = fleets;
    this.settledMs = 0;
  }

  /** Choose a mover (-1 for none) and say whether the map goes with it. */
  choose(mover: number, following: boolean): void {
    this.chosen = mover;
    this.following = following && mover >= 0;
    this.settledMs = 0;
    if (this.following) this.keepInView();
  }

  /** Mark a stand, or none. */
  chooseStand(number: string): void {
    this.stand = number;
    if (this.styled) this.markStand();
  }

  private markStand(): void {
    const stands = featuresOf(this.airport.layers, 'stand');
    const features = stands.filter(({ properties }) => properties.number === this.stand);
    const source = this.map.getSource('chosen') as GeoJSONSource | undefined;
    source?.setData({ type: 'FeatureCollection', features });
  }

  private keepInView(): void {
    if (!this.motion.placed(this.chosen) || this.map.isMoving()) return;
    const { motion, chosen } = this;
    const { x, y } = this.map.project([motion.shownLon[chosen]!, motion.shownLat[chosen]!]);
    const { clientWidth, clientHeight } = this.map.getContainer();
    const off = Math.max(Math.abs(x / clientWidth - 0.5), Math.abs(y / clientHeight - 0.5));
    if (off > INNER_PART) this.map.easeTo({ center: [motion.lon[chosen]!, motion.lat[chosen]!], duration: 700 });
  }

  /** Go to a place, no further out than the zoom given. */
  goTo(at: LonLat, zoom: number): void {
    this.map.flyTo({ center: at, zoom: Math.max(zoom, this.map.getZoom()), duration: 900, essential: true });
  }

  /** The whole airport. */
  showAll(): void {
    this.map.fitBounds(this.airport.manifest.bounds, {
      ...fit(this.map.getContainer()),
      bearing: this.map.getBearing(),
    });
  }

  /** Put the camera where a link says. */
  show(view: View): void {
    this.map.jumpTo(cameraOf(view));
  }

  zoomBy(steps: number): void {
    this.map.easeTo({ zoom: this.map.getZoom() + steps, duration: 250 });
  }

  turnTo(bearing: number): void {
    this.map.easeTo({ bearing, duration: 400 });
  }

  view(): View {
    const { lng, lat } = this.map.getCenter();
    return { zoom: this.map.getZoom(), longitude: lng, latitude: lat, bearing: this.map.getBearing() };
  }

  destroy(): void {
    cancelAnimationFrame(this.running);
    this.map.remove();
  }
}

/** Room at the edges of a whole airport: the panel covers the left of a wide map. */
function fit(container: HTMLElement) {
  const left = container.clientWidth > 900 ? 320 : 24;
  return { padding: { top: 30, bottom: 40, right: 64, left } };
}

function cameraOf({ zoom, longitude, latitude, bearing }: View) {
  return { center: [longitude, latitude] as LonLat, zoom, bearing };
}

/** Members that differ between two sets of properties. */
function changed(before: object | undefined, after: object | undefined): [string, unknown][] {
  const old = (before ?? {}) as Record<string, unknown>;
  return Object.entries((after ?? {}) as Record<string, unknown>).filter(
    ([name, value]) => JSON.stringify(old[name]) !== JSON.stringify(value),
  );
}
