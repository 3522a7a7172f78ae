/**
 * The canvas of deck.gl over the map, drawn for the map's camera when told and not before.
 */

import type { Layer, Viewport } from '@deck.gl/core';
import { MapboxOverlay } from '@deck.gl/mapbox';
import type { Map as MapLibre } from 'maplibre-gl';

/** Of deck.gl what its control for maps does not hand out. */
interface Deck {
  layerManager: { updateLayers: () => void } | null;
  getViewports: () => Viewport[];
  getCanvas: () => HTMLCanvasElement | null;
  redraw: (reason: string) => void;
}

/** Of the control itself the same. */
interface Control {
  _deck?: Deck;
  /** Its canvas is in there. */
  _container?: HTMLElement;
  /** Takes the map's camera and draws. */
  _updateViewState: () => void;
}

/** Of MapLibre what changes the number of pixels and leaves the map in the hand that moves it. */
interface Ground {
  _overridePixelRatio: number | undefined;
  _resizeInternal: () => void;
}

export class Overlay {
  private readonly control = new MapboxOverlay({
    interleaved: false,
    layers: [],
    useDevicePixels: true,
    // Markers are pictures with soft edges; multisampling costs a software renderer most of its time.
    deviceProps: { type: 'webgl', webgl: { antialias: false } },
  });

  /** @param layers what is shown at this moment. */
  constructor(
    private readonly map: MapLibre,
    private readonly layers: () => (Layer | null)[],
  ) {
    map.addControl(this.control);
    // Nobody works in there: keys and readers of the screen belong to the map below.
    this.element?.setAttribute('inert', '');
    // The control would draw after each picture of the map; when that is to be is settled elsewhere.
    map.off('render', this.inner._updateViewState);
  }

  private get inner(): Control {
    return this.control as unknown as Control;
  }

  private get deck(): Deck | undefined {
    return this.inner._deck;
  }

  /** What lies over the map. */
  get element(): HTMLElement | null {
    return this.inner._container ?? null;
  }

  /** Draw what is to be seen now, as the map's camera sees it. */
  draw(): void {
    this.control.setProps({ layers: this.layers() });
    // Otherwise the layers would be taken up, and everything drawn again, with the browser's next frame.
    this.deck?.layerManager?.updateLayers();
    this.inner._updateViewState();
  }

  /** Draw the ground with fewer pixels than the screen has, or with all of them, from its next picture on. */
  setGroundShare(share: number): void {
    const ground = this.map as unknown as Ground;
    ground._overridePixelRatio = share === 1 ? undefined : share * devicePixelRatio;
    ground._resizeInternal();
  }

  /** The same for what is over the ground. */
  setShare(share: number): void {
    this.control.setProps({ useDevicePixels: share === 1 ? true : share * devicePixelRatio });
  }

  viewports(): Viewport[] {
    return this.deck?.getViewports() ?? [];
  }

  get canvas(): HTMLCanvasElement | null {
    return this.deck?.getCanvas() ?? null;
  }

  /** Draw now; the canvas keeps its picture until the task ends. */
  drawn(): HTMLCanvasElement | null {
    this.deck?.redraw('print');
    return this.canvas;
  }
}
