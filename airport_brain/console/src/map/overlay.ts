/**
 * The canvas of deck.gl over the map, drawn once for each picture of the map and between them when asked.
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
    // Before the control's own listener: what that draws is then of the same moment as the ground.
    map.on('render', this.follow);
    map.addControl(this.control);
  }

  private get deck(): Deck | undefined {
    return (this.control as unknown as { _deck?: Deck })._deck;
  }

  private readonly follow = (): void => {
    this.show();
    // Otherwise the layers would be taken up, and everything drawn again, with the browser's next frame.
    this.deck?.layerManager?.updateLayers();
  };

  /** Show what is to be seen now, with the browser's next frame. */
  show(): void {
    this.control.setProps({ layers: this.layers() });
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

  /** Draw now; the canvas keeps its picture until the task ends. */
  drawn(): HTMLCanvasElement | null {
    this.deck?.redraw('print');
    return this.deck?.getCanvas() ?? null;
  }
}
