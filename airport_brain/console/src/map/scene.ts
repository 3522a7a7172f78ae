/**
 * The map itself: MapLibre for the ground, deck.gl over it for the vehicles.
 *
 * React makes one scene and tells it what to show; nothing here goes through React. Vehicles are
 * drawn in a canvas of their own (`interleaved: false`), so the ground is drawn again only when the
 * camera moves.
 */

import { Map as MapLibre, setWorkerUrl, type GeoJSONSource, type LayerSpecification, type SkySpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { cameraOf, fit, overlook, USUAL_PITCH } from './camera';
import type { Frame } from './frame';
import type { Bounds, Counts } from './filters';
import { metresPerPixel, type LonLat } from './geodesy';
import { featuresOf, type Airport } from './layers';
import { Motion } from './motion';
import { skyFor } from './light';
import { coveredStands, type Parked } from './parked';
import { MOST_PITCH, type View } from './permalink';
import { paletteOf } from './palette';
import { PICKED_LAYERS, preferred } from './picking';
import { Pictures } from './pictures';
import type { Vector } from './ray';
import { buildStyle, CHOSEN_LAYERS, GROUND, styleLayers, type Looks } from './style';
import { TAKEN } from './styleNames';
import type { Only } from './tools/only';
import { Trails } from './tools/trails';

setWorkerUrl(workerUrl);

/** A mover by its id, a stand by its number, or any other element by its feature's id. */
export type Picked = { mover: string } | { stand: string } | { thing: string };

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
/** Of the map, for those who have it read to them. */
const TITLE: Readonly<Record<Looks['language'], string>> = { zh: '态势图', en: 'Situation map' };
const LEAN_MS = 700;
/** A followed mover is brought back to the middle when it leaves the inner part of the map. */
const INNER_PART = 0.25;

export class Scene {
  readonly motion = new Motion();
  readonly trails = new Trails();
  private readonly map: MapLibre;
  private readonly pictures: Pictures;
  private drawnLayers: LayerSpecification[] = [];
  private styled = false;
  private chosen = -1;
  private stand = '';
  /** Numbers of the stands on which aircraft stand. */
  private taken: ReadonlySet<string> = new Set();
  /** Ids of those whose numbers they cover. */
  private covered: ReadonlySet<string> = new Set();
  private thingId = '';
  private following = false;
  private fleetsOff: ReadonlySet<string> = new Set();
  private only: Only = '';
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
      maxPitch: looks.three ? MOST_PITCH : 0,
      pitchWithRotate: looks.three,
      fadeDuration: 0,
      ...(view ? cameraOf(view) : { bounds: airport.manifest.bounds, fitBoundsOptions: fit(container) }),
    });
    this.pictures = new Pictures(this.map, this.motion, this.trails, () => this.shown(), {
      onCounts: watching.onCounts,
      onSettled: () => {
        if (this.following) this.keepInView();
      },
      onPlain: (plain) => this.smooth(!plain),
    });
    this.pictures.stage.open(airport.manifest.icao, airport.layers);
    this.pictures.stage.setThree(looks.three);
    if (looks.three && !view) this.map.jumpTo(overlook(airport));
    this.listen();
  }

  private listen(): void {
    const { map, watching } = this;
    map.once('load', this.ready);
    map.on('move', () => this.tellCamera());
    map.on('moveend', () => watching.onView(this.view()));
    map.on('dragstart', () => watching.onDrag());
    map.on('mousemove', ({ lngLat }) => watching.onPointer([lngLat.lng, lngLat.lat]));
    map.on('mouseout', () => watching.onPointer(null));
    map.on('click', ({ lngLat, point }) => watching.onPick(this.pick([lngLat.lng, lngLat.lat], point)));
    this.tellCamera();
  }

  /** The style is there; what was asked for meanwhile is made up for. */
  private readonly ready = (): void => {
    this.styled = true;
    // A leaning camera sees far; what is far may come in larger tiles, each of which costs a pass.
    this.map.setSourceTileLodParams(6, 1.5);
    this.restyle();
    this.markStand();
    this.markTaken();
    this.skyAbove();
  };

  /** What shows at the edge until ground that the hand uncovers is drawn. */
  private behind(): void {
    this.map.getContainer().style.backgroundColor = paletteOf(this.looks.theme).outside;
  }

  /** A flat map has no sky, and to paint it behind the ground costs a pass over all pixels. */
  private skyAbove(): void {
    const { three, theme } = this.looks;
    // The map takes a missing sky for none; its types have it the other way.
    this.map.setSky((three ? skyFor(theme) : undefined) as SkySpecification);
  }

  private tellCamera(): void {
    const { map } = this;
    this.watching.onCamera(map.getBearing(), metresPerPixel(map.getZoom(), map.getCenter().lat));
  }

  private pick(at: LonLat, point: { x: number; y: number }): Picked | null {
    const radius = PICK_PIXELS * metresPerPixel(this.map.getZoom(), at[1]);
    const drawn = new Set(this.pictures.vehicles.shown);
    const mover = this.motion.nearest(at[0], at[1], radius, (one) => drawn.has(one));
    const name = this.motion.names[mover];
    if (name) return { mover: name.id };
    return this.pickThing(point) ?? this.pickGround(point);
  }

  /** What stands in the line of sight: a bridge belongs to its stand. */
  private pickThing(point: { x: number; y: number }): Picked | null {
    const [viewport] = this.pictures.overlay.viewports();
    if (!this.looks.three || !viewport) return null;
    const near = viewport.unproject([point.x, point.y, 0]);
    const far = viewport.unproject([point.x, point.y, 1]);
    const thing = this.pictures.stage.pick(vector(near), vector(far));
    if (!thing) return null;
    return thing.kind === 'bridge' ? { stand: thing.id.split('.')[2] ?? '' } : { thing: thing.id };
  }

  private pickGround(point: { x: number; y: number }): Picked | null {
    if (!this.styled) return null;
    const layers = PICKED_LAYERS.filter((id) => this.map.getLayer(id));
    const found = preferred(this.map.queryRenderedFeatures([point.x, point.y], { layers }));
    if (!found) return null;
    const { number, id } = found.properties as { number?: unknown; id?: unknown };
    return found.layer.id === 'stand' ? { stand: String(number) } : { thing: String(id) };
  }

  /** What is seen of the ground. */
  seen(): Bounds {
    return this.pictures.bounds();
  }

  private shown() {
    const { airport, looks, chosen, fleetsOff, only, covered } = this;
    return { airport, looks, chosen, fleetsOff, only, covered };
  }

  /** Take a frame of the live socket. */
  take(frame: Frame): void {
    this.pictures.take(frame);
    this.trails.take(frame, this.motion.names);
  }

  /** Draw another airport. */
  setAirport(airport: Airport, view: View | null): void {
    if (airport === this.airport) return;
    this.airport = airport;
    this.pictures.stage.open(airport.manifest.icao, airport.layers);
    this.styled = false;
    const style = buildStyle(airport, this.looks);
    this.drawnLayers = style.layers;
    this.map.setStyle(style, { diff: false });
    this.map.once('style.load', this.ready);
    if (view) this.map.jumpTo(cameraOf(view));
    else if (this.looks.three) this.map.jumpTo(overlook(airport));
    else this.map.fitBounds(airport.manifest.bounds, { ...fit(this.map.getContainer()), bearing: 0, duration: 0 });
    this.pictures.settleSoon();
  }

  /** Change colours, language or visible layers; only what differs is touched. */
  setLooks(looks: Looks): void {
    const { three, theme } = this.looks;
    this.looks = looks;
    this.pictures.settleSoon();
    if (three !== looks.three) this.lean(looks.three);
    if (!this.styled) return;
    this.restyle();
    this.markTaken();
    if (theme !== looks.theme || three !== looks.three) this.skyAbove();
  }

  /** Between the flat map and the scene: the same place, another angle. */
  private lean(three: boolean): void {
    const { map } = this;
    this.pictures.stage.setThree(three);
    if (three) {
      map.setMaxPitch(MOST_PITCH);
      map.easeTo({ pitch: USUAL_PITCH, duration: LEAN_MS, essential: true });
      return;
    }
    map.easeTo({ pitch: 0, duration: LEAN_MS, essential: true });
    map.once('moveend', () => {
      if (!this.looks.three) map.setMaxPitch(0);
    });
  }

  /** Draw the edges of surfaces a second time, softly, or leave that out. */
  private smooth(smooth: boolean): void {
    if (!this.styled) return;
    for (const { id, type } of this.drawnLayers) {
      if (type === 'fill') this.map.setPaintProperty(id, 'fill-antialias', smooth, { validate: false });
    }
  }

  setParked(parked: Parked[]): void {
    this.pictures.stage.setParked(parked);
    this.taken = new Set(parked.map(({ stand }) => stand));
    if (this.styled) this.markTaken();
  }

  /** Take the numbers of stands off the ground where an aircraft covers them. */
  private markTaken(): void {
    const { airport, looks, taken } = this;
    this.map.removeFeatureState({ source: GROUND });
    this.covered = new Set(looks.hidden.has('parked') ? [] : coveredStands(airport.layers, taken));
    for (const id of this.covered) {
      this.map.setFeatureState({ source: GROUND, id }, { [TAKEN]: true });
    }
  }

  /** The map itself, for the tools that draw and listen on it. */
  get ground(): MapLibre {
    return this.map;
  }

  /** Draw everything now and give the canvases, lowest first; they keep their pictures until the task ends. */
  canvases(): HTMLCanvasElement[] {
    this.map.redraw();
    const above = this.pictures.overlay.drawn();
    return [this.map.getCanvas(), ...(above ? [above] : [])];
  }

  /** A thing of the scene by its id, among what is loaded. */
  thing(id: string) {
    return this.pictures.stage.thing(id);
  }

  /** Mark a building or another element, or none. */
  chooseThing(id: string): void {
    this.thingId = id;
    this.pictures.stage.choose(id);
    if (this.styled) this.markStand();
  }

  private restyle(): void {
    this.behind();
    this.map.getCanvas().setAttribute('aria-label', TITLE[this.looks.language]);
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

  /** Show movers of some fleets, and of those perhaps only the moving or the stale ones. */
  setFilter(fleetsOff: ReadonlySet<string>, only: Only): void {
    this.fleetsOff = fleetsOff;
    this.only = only;
    this.pictures.settleSoon();
  }

  /** Choose a mover (-1 for none) and say whether the map goes with it. */
  choose(mover: number, following: boolean): void {
    this.chosen = mover;
    this.following = following && mover >= 0;
    this.pictures.settleSoon();
    if (this.following) this.keepInView();
  }

  /** Mark a stand, or none. */
  chooseStand(number: string): void {
    this.stand = number;
    if (this.styled) this.markStand();
  }

  private markStand(): void {
    const stands = featuresOf(this.airport.layers, 'stand');
    const others = featuresOf(this.airport.layers, this.thingId.split('.')[1] ?? '');
    const features = [
      ...stands.filter(({ properties }) => properties.number === this.stand),
      ...others.filter(({ properties }) => properties.id === this.thingId),
    ];
    const source = this.map.getSource('chosen') as GeoJSONSource | undefined;
    source?.setData({ type: 'FeatureCollection', features });
    // A source that is drawn costs two passes over all pixels, empty or not.
    for (const id of CHOSEN_LAYERS) {
      this.map.setLayoutProperty(id, 'visibility', features.length > 0 ? 'visible' : 'none');
    }
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
    if (this.looks.three) {
      const view = overlook(this.airport);
      this.map.easeTo({ ...view, zoom: view.zoom - 0.7, duration: LEAN_MS });
      return;
    }
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
    return {
      zoom: this.map.getZoom(),
      longitude: lng,
      latitude: lat,
      bearing: this.map.getBearing(),
      pitch: this.map.getPitch(),
    };
  }

  destroy(): void {
    this.pictures.destroy();
    this.map.remove();
  }
}

/** Members that differ between two sets of properties. */
function changed(before: object | undefined, after: object | undefined): [string, unknown][] {
  const old = (before ?? {}) as Record<string, unknown>;
  return Object.entries((after ?? {}) as Record<string, unknown>).filter(
    ([name, value]) => JSON.stringify(old[name]) !== JSON.stringify(value),
  );
}

function vector([x = 0, y = 0, z = 0]: readonly number[]): Vector {
  return [x, y, z];
}
