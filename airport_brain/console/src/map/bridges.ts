/** Gate bridges as matrices for their moving parts: docked where an aircraft stands, else drawn back. */

import { getJson } from '../gateway/client';
import { ahead, type LonLat } from './geodesy';
import { sceneAddress } from './tileset';

interface Pose {
  bearing_true_deg: number;
  length_m: number;
}

export interface Bridge {
  id: string;
  stand: string;
  longitude: number;
  latitude: number;
  sill_m: number;
  docked: Pose;
  retracted: Pose;
}

export interface Bridges {
  floor_m: number;
  bridges: Bridge[];
}

export function fetchBridges(icao: string): Promise<Bridges> {
  return getJson<Bridges>(`${sceneAddress(icao)}/bridges.json`);
}

/** A moving part: where its origin lies and how it is turned and stretched (columns of 4 x 4). */
export interface Part {
  at: LonLat;
  matrix: number[];
}

export interface Parts {
  tunnel: Part[];
  cab: Part[];
  legs: Part[];
}

/** Where the legs stand, as a share of the length; and how far the cab's origin is from the end. */
const LEGS_SHARE = 0.72;
const CAB_BACK_M = 1;

/** Moving parts of all bridges, given the stands that are taken. */
export function partsOf({ floor_m, bridges }: Bridges, taken: ReadonlySet<string>): Parts {
  const parts: Parts = { tunnel: [], cab: [], legs: [] };
  for (const bridge of bridges) {
    const docked = taken.has(bridge.stand);
    const { bearing_true_deg: bearing, length_m: length } = docked ? bridge.docked : bridge.retracted;
    const end = docked ? bridge.sill_m : floor_m;
    const at: LonLat = [bridge.longitude, bridge.latitude];
    parts.tunnel.push({ at, matrix: matrix(bearing, length, end - floor_m, floor_m) });
    parts.cab.push({ at: ahead(at, bearing, length - CAB_BACK_M), matrix: matrix(bearing, 1, 0, end) });
    parts.legs.push({ at: ahead(at, bearing, length * LEGS_SHARE), matrix: matrix(bearing, 1, 0, 0) });
  }
  return parts;
}

/** Forward to a bearing, stretched along it and sheared upwards, lifted. */
function matrix(bearing: number, length: number, rise: number, lift: number): number[] {
  const turn = (bearing * Math.PI) / 180;
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  return [cos, -sin, 0, 0, sin * length, cos * length, rise, 0, 0, 0, 1, 0, 0, 0, lift, 1];
}
