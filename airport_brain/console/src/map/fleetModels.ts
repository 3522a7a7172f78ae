/**
 * Movers as models, near enough to be seen as such: a mesh layer per fleet, drawn in one go.
 *
 * Who is drawn and in which colour is settled once a second; between that only places and headings are
 * filled anew, straight into the columns that go to the graphics card.
 */

import type { Layer } from '@deck.gl/core';
import { SimpleMeshLayer } from '@deck.gl/mesh-layers';
import type { Theme } from '../theme';
import { FLEET_NAMES } from './fleets';
import { pixelsOf, type Eye } from './built';
import { distanceM, metresPerPixel, type LonLat } from './geodesy';
import { UNLIT } from './mesh';
import type { Models } from './models';
import type { Motion } from './motion';

/** Vehicles are drawn as models from this zoom on; aircraft a little earlier, for they are larger. */
export const MODELS_FROM_ZOOM = 16.2;
export const AIRCRAFT_FROM_ZOOM = 14.6;
/** A vehicle is never drawn shorter than this on screen, within reason. */
const LEAST_PIXELS = 16;
const USUAL_LENGTH_M = 8;
const LARGEST = 2.6;

const AIRCRAFT = FLEET_NAMES.indexOf('aircraft');
const STALE = [128, 136, 146, 255] as const;
const LIVE = [255, 255, 255, 255] as const;
const RADIANS = Math.PI / 180;
/** Numbers of a turn and a translation, a column after the other. */
const MATRIX = 12;

/** Shorter than this on screen a model tells less than a marker, and costs a hundred times as much. */
const MODEL_PIXELS = 5;
const AIRCRAFT_LENGTH_M = 38;

/** Whether a mover is drawn as a model: the zoom is for models, and it is not too far from the camera. */
export function modelled(motion: Motion, at: number, zoom: number, eye: Omit<Eye, 'bounds'>): boolean {
  const aircraft = motion.fleet[at] === AIRCRAFT;
  if (zoom < (aircraft ? AIRCRAFT_FROM_ZOOM : MODELS_FROM_ZOOM)) return false;
  const here: LonLat = [motion.lon[at]!, motion.lat[at]!];
  return pixelsOf(aircraft ? AIRCRAFT_LENGTH_M : USUAL_LENGTH_M, distanceM(here, eye.centre), eye) >= MODEL_PIXELS;
}

/** The columns of one fleet. */
interface Columns {
  movers: number[];
  positions: Float64Array;
  turns: Float32Array;
  colours: Uint8ClampedArray;
}

export class FleetModels {
  private fleets = new Map<number, Columns>();

  constructor(private readonly motion: Motion) {}

  /** Settle who is drawn as a model, and in which colour. */
  settle(movers: readonly number[], nowMs: number): void {
    const { motion } = this;
    const byFleet = new Map<number, number[]>();
    for (const at of movers) {
      const fleet = motion.fleet[at]!;
      const others = byFleet.get(fleet);
      if (others) others.push(at);
      else byFleet.set(fleet, [at]);
    }
    this.fleets = new Map(
      [...byFleet].map(([fleet, all]) => [
        fleet,
        {
          movers: all,
          positions: new Float64Array(all.length * 3),
          turns: new Float32Array(all.length * MATRIX),
          colours: coloursOf(all.map((at) => motion.stale(at, nowMs))),
        },
      ]),
    );
  }

  /** Layers for one picture. */
  layers(models: Models, sight: { theme: Theme; zoom: number; latitude: number }): Layer[] {
    const pixels = USUAL_LENGTH_M / metresPerPixel(sight.zoom, sight.latitude);
    const scale = Math.min(LARGEST, Math.max(1, LEAST_PIXELS / pixels));
    return [...this.fleets].flatMap(([fleet, columns]) => {
      const name = fleet === AIRCRAFT ? 'aircraft.A320' : `vehicle.${FLEET_NAMES[fleet]}`;
      const mesh = models.mesh(name, sight.theme);
      if (!mesh) return [];
      return [
        new SimpleMeshLayer({
          id: `fleet-${FLEET_NAMES[fleet]}`,
          data: { length: columns.movers.length, attributes: this.attributes(columns) },
          mesh: mesh as never,
          sizeScale: fleet === AIRCRAFT ? 1 : scale,
          ...UNLIT,
        }),
      ];
    });
  }

  private attributes({ movers, positions, turns, colours }: Columns) {
    const { shownLon, shownLat, shownHeading } = this.motion;
    movers.forEach((at, row) => {
      positions[row * 3] = shownLon[at]!;
      positions[row * 3 + 1] = shownLat[at]!;
      turnTo(turns, row * MATRIX, shownHeading[at]! || 0);
    });
    // deck.gl sends a column anew when the object round it is another.
    return {
      getPosition: { value: positions, size: 3 },
      getColor: { value: colours, size: 4 },
      instanceModelMatrix: { value: turns, size: MATRIX },
    };
  }
}

/** A model looks along its y axis; headings count from north to east. */
export function turnTo(into: Float32Array, from: number, headingDeg: number): void {
  const cosine = Math.cos(headingDeg * RADIANS);
  const sine = Math.sin(headingDeg * RADIANS);
  into[from] = cosine;
  into[from + 1] = -sine;
  into[from + 3] = sine;
  into[from + 4] = cosine;
  into[from + 8] = 1;
}

function coloursOf(stale: readonly boolean[]): Uint8ClampedArray {
  const colours = new Uint8ClampedArray(stale.length * 4);
  stale.forEach((old, row) => colours.set(old ? STALE : LIVE, row * 4));
  return colours;
}
