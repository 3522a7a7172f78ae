/** What the camera sees of things that stand on the ground: whether they are in the picture, and how large. */

import { METRES_PER_DEGREE, metresPerDegreeEast, metresPerPixel, type LonLat } from './geodesy';

export interface Camera {
  centre: LonLat;
  zoom: number;
  /** Degrees: where up in the picture is, and how far the camera leans. */
  bearing: number;
  pitch: number;
  /** Of the picture, pixels. */
  width: number;
  height: number;
}

type Vector = readonly [east: number, north: number, up: number];

/** The camera hangs so many pictures' heights before what it looks at: the map's own angle of view. */
const HEIGHTS_AWAY = 1.5;
const RADIANS = Math.PI / 180;

export class Lens {
  private readonly awayM: number;
  private readonly metresPerPixel: number;
  private readonly degreeEastM: number;
  private readonly forward: Vector;
  private readonly right: Vector;
  private readonly up: Vector;
  /** Tangents of half the angles of view, across and upwards. */
  private readonly across: number;
  private readonly upwards = 0.5 / HEIGHTS_AWAY;

  constructor(private readonly camera: Camera) {
    const { centre, zoom, bearing, pitch, width, height } = camera;
    this.metresPerPixel = metresPerPixel(zoom, centre[1]);
    this.awayM = HEIGHTS_AWAY * height * this.metresPerPixel;
    this.degreeEastM = metresPerDegreeEast(centre[1]);
    this.across = (this.upwards * width) / height;
    const [sinTurn, cosTurn] = [Math.sin(bearing * RADIANS), Math.cos(bearing * RADIANS)];
    const [sinLean, cosLean] = [Math.sin(pitch * RADIANS), Math.cos(pitch * RADIANS)];
    this.forward = [sinTurn * sinLean, cosTurn * sinLean, -cosLean];
    this.right = [cosTurn, -sinTurn, 0];
    this.up = [sinTurn * cosLean, cosTurn * cosLean, sinLean];
  }

  /** Whether any of a ball round a place on the ground is in the picture; metres. */
  sees(at: LonLat, radiusM: number): boolean {
    const [x, y, z] = this.seen(at);
    const edge = (tangent: number): number => z * tangent + radiusM * Math.hypot(1, tangent);
    return z > -radiusM && Math.abs(x) <= edge(this.across) && Math.abs(y) <= edge(this.upwards);
  }

  /** How long so many metres are on screen at a place on the ground, pixels. */
  pixels(lengthM: number, at: LonLat): number {
    const [x, y, z] = this.seen(at);
    return (lengthM * this.awayM) / (this.metresPerPixel * Math.hypot(x, y, z));
  }

  /** Where something so high above a place is in the picture, pixels from its upper left; `null` for nowhere. */
  spot(at: LonLat, heightM = 0): { x: number; y: number } | null {
    const [x, y, z] = this.seen(at, heightM);
    if (z <= 0) return null;
    const { width, height } = this.camera;
    return { x: (width / 2) * (1 + x / (z * this.across)), y: (height / 2) * (1 - y / (z * this.upwards)) };
  }

  /** A place from the camera: right, up and forward, metres. */
  private seen([longitude, latitude]: LonLat, heightM = 0): Vector {
    const { centre } = this.camera;
    const east = (longitude - centre[0]) * this.degreeEastM;
    const north = (latitude - centre[1]) * METRES_PER_DEGREE;
    const along = ([e, n, u]: Vector): number => east * e + north * n + heightM * u;
    return [along(this.right), along(this.up), along(this.forward) + this.awayM];
  }
}
