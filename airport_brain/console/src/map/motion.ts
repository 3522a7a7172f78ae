/**
 * Where every mover is drawn between two reports.
 *
 * A mover glides from where it is drawn to its newest report in the time that lay between its last
 * two reports, so it is shown about one report late and never jumps back. When the next report is
 * late it goes on along its heading for a moment and then waits: a map must not invent a way.
 * Columns, not objects: 3,000 movers are moved in well under a millisecond.
 */

import type { Frame, MoverName } from './frame';
import { fleetNumber } from './fleets';
import { METRES_PER_DEGREE, metresPerDegreeEast, turnDeg } from './geodesy';

/** Longest way past the last report, seconds of its speed. */
export const AHEAD_S = 1;
/** Glide at least and at most this long, whatever the reports' interval. */
export const GLIDE_S: readonly [number, number] = [0.4, 3];
/** A step longer than this is not driven but shown at once, metres. */
export const LEAP_M = 300;
/** Without a report for this long a mover is shown as stale; the platform's own default. */
export const STALE_S = 30;
/** Below this speed a reported heading is noise, m/s. */
const STANDING_MPS = 0.3;

const FIRST_CAPACITY = 1_024;
/** A mover that has not been named yet. */
const UNNAMED = fleetNumber('vehicle', 'other');

export class Motion {
  /** Highest index heard of, plus one. */
  size = 0;
  names: (MoverName | undefined)[] = [];
  /** Number of each mover's fleet in the legend's order. */
  fleet = new Uint8Array(FIRST_CAPACITY).fill(UNNAMED);
  /** Last report. */
  lon = new Float64Array(FIRST_CAPACITY);
  lat = new Float64Array(FIRST_CAPACITY);
  fixMs = new Float64Array(FIRST_CAPACITY);
  speed = new Float32Array(FIRST_CAPACITY);
  heading = new Float32Array(FIRST_CAPACITY);
  /** Where the glide began, and how it is drawn now. */
  private fromLon = new Float64Array(FIRST_CAPACITY);
  private fromLat = new Float64Array(FIRST_CAPACITY);
  private fromHeading = new Float32Array(FIRST_CAPACITY);
  private startMs = new Float64Array(FIRST_CAPACITY);
  private glideMs = new Float32Array(FIRST_CAPACITY);
  shownLon = new Float64Array(FIRST_CAPACITY);
  shownLat = new Float64Array(FIRST_CAPACITY);
  shownHeading = new Float32Array(FIRST_CAPACITY);
  /** Server clock minus ours, milliseconds. */
  private skewMs = Number.NaN;
  private readonly indexOfId = new Map<string, number>();

  /** Take names into account; an index may get a better label later. */
  name(movers: readonly MoverName[]): void {
    for (const mover of movers) {
      this.reserve(mover.idx);
      this.names[mover.idx] = mover;
      this.fleet[mover.idx] = fleetNumber(mover.kind, mover.fleet);
      this.indexOfId.set(mover.id, mover.idx);
    }
  }

  /** Forget everything: a new connection counts its movers anew. */
  clear(): void {
    this.size = 0;
    this.names = [];
    this.fleet.fill(UNNAMED);
    this.indexOfId.clear();
    this.fixMs.fill(0);
    this.skewMs = Number.NaN;
  }

  /** Index of a mover by its id, or -1. */
  find(id: string): number {
    return this.indexOfId.get(id) ?? -1;
  }

  /** Whether a mover has a position. */
  placed(at: number): boolean {
    return at >= 0 && at < this.size && this.fixMs[at]! > 0;
  }

  /** Take a frame into account. `nowMs` is a steady clock of the browser. */
  take(frame: Frame, nowMs: number): void {
    this.skewMs = frame.serverMs - nowMs;
    this.move(nowMs);
    for (let row = 0; row < frame.index.length; row += 1) this.report(frame, row, nowMs);
  }

  private report(frame: Frame, row: number, nowMs: number): void {
    const at = frame.index[row]!;
    this.reserve(at);
    const lon = frame.longitude[row]!;
    const lat = frame.latitude[row]!;
    const first = this.fixMs[at] === 0;
    const intervalS = (frame.fixMs[row]! - this.fixMs[at]!) / 1000;
    const speed = frame.speedMps[row]!;
    const heading = this.courseOf(at, frame.headingDeg[row]!, speed, first);
    const leap =
      first || !near(this.shownLon[at]!, this.shownLat[at]!, lon, lat) || intervalS > STALE_S;
    this.fromLon[at] = leap ? lon : this.shownLon[at]!;
    this.fromLat[at] = leap ? lat : this.shownLat[at]!;
    this.fromHeading[at] = leap ? heading : this.shownHeading[at]!;
    this.lon[at] = lon;
    this.lat[at] = lat;
    this.fixMs[at] = frame.fixMs[row]!;
    this.speed[at] = speed;
    this.heading[at] = heading;
    this.startMs[at] = nowMs;
    this.glideMs[at] = leap ? 0 : 1000 * Math.min(Math.max(intervalS, GLIDE_S[0]), GLIDE_S[1]);
    this.place(at, nowMs);
  }

  private courseOf(at: number, reported: number, speed: number, first: boolean): number {
    const standing = !(speed >= STANDING_MPS);
    if (Number.isNaN(reported)) return first ? Number.NaN : this.heading[at]!;
    return standing && !first && !Number.isNaN(this.heading[at]!) ? this.heading[at]! : reported;
  }

  /** Move everybody to where they are drawn now; says whether anybody moved. */
  move(nowMs: number): boolean {
    let moved = false;
    for (let at = 0; at < this.size; at += 1) {
      if (this.fixMs[at]! > 0 && this.place(at, nowMs)) moved = true;
    }
    return moved;
  }

  private place(at: number, nowMs: number): boolean {
    const glide = this.glideMs[at]!;
    // A picture's own time may lie a little before the arrival of the report that it shows.
    const since = Math.max(0, nowMs - this.startMs[at]!);
    const beforeLon = this.shownLon[at]!;
    const beforeLat = this.shownLat[at]!;
    if (since < glide) {
      const part = since / glide;
      this.shownLon[at] = this.fromLon[at]! + (this.lon[at]! - this.fromLon[at]!) * part;
      this.shownLat[at] = this.fromLat[at]! + (this.lat[at]! - this.fromLat[at]!) * part;
      const turn = turnDeg(this.fromHeading[at]!, this.heading[at]!);
      // Wheels turn before the vehicle has arrived: half of the way is enough for the turn.
      const turned = this.fromHeading[at]! + turn * Math.min(1, part * 2);
      this.shownHeading[at] = Number.isNaN(turned) ? this.heading[at]! : turned;
      return true;
    }
    const onS = Math.min((since - glide) / 1000, AHEAD_S);
    const wayM = this.speed[at]! > STANDING_MPS ? onS * this.speed[at]! : 0;
    const heading = this.heading[at]!;
    this.shownHeading[at] = heading;
    const radians = (heading * Math.PI) / 180;
    const driven = wayM > 0 && !Number.isNaN(heading);
    const north = driven ? wayM * Math.cos(radians) : 0;
    const east = driven ? wayM * Math.sin(radians) : 0;
    this.shownLat[at] = this.lat[at]! + north / METRES_PER_DEGREE;
    this.shownLon[at] = this.lon[at]! + east / metresPerDegreeEast(this.lat[at]!);
    return this.shownLon[at] !== beforeLon || this.shownLat[at] !== beforeLat;
  }

  /** The server's clock now, Unix ms; our own until it has spoken. */
  serverNow(nowMs: number): number {
    return Number.isNaN(this.skewMs) ? Date.now() : nowMs + this.skewMs;
  }

  /** Seconds since a mover's last report, by the server's clock; never negative. */
  ageS(at: number, nowMs: number): number {
    return Math.max(0, (this.serverNow(nowMs) - this.fixMs[at]!) / 1000);
  }

  stale(at: number, nowMs: number): boolean {
    return this.ageS(at, nowMs) > STALE_S;
  }

  /** Mover drawn nearest to a point within a radius in metres, or -1. */
  nearest(
    longitude: number,
    latitude: number,
    radiusM: number,
    wanted: (at: number) => boolean,
  ): number {
    const perEast = metresPerDegreeEast(latitude);
    let best = radiusM * radiusM;
    let found = -1;
    for (let at = 0; at < this.size; at += 1) {
      if (this.fixMs[at] === 0 || !wanted(at)) continue;
      const north = (this.shownLat[at]! - latitude) * METRES_PER_DEGREE;
      const east = (this.shownLon[at]! - longitude) * perEast;
      const square = north * north + east * east;
      if (square <= best) {
        best = square;
        found = at;
      }
    }
    return found;
  }

  private reserve(at: number): void {
    if (at >= this.lon.length) this.grow(at + 1);
    if (at >= this.size) this.size = at + 1;
  }

  private grow(needed: number): void {
    let capacity = this.lon.length;
    while (capacity < needed) capacity *= 2;
    const wide = (old: Float64Array<ArrayBuffer>) => copyInto(new Float64Array(capacity), old);
    const slim = (old: Float32Array<ArrayBuffer>) => copyInto(new Float32Array(capacity), old);
    const fleet = new Uint8Array(capacity).fill(UNNAMED);
    fleet.set(this.fleet);
    this.fleet = fleet;
    this.lon = wide(this.lon);
    this.lat = wide(this.lat);
    this.fixMs = wide(this.fixMs);
    this.fromLon = wide(this.fromLon);
    this.fromLat = wide(this.fromLat);
    this.startMs = wide(this.startMs);
    this.shownLon = wide(this.shownLon);
    this.shownLat = wide(this.shownLat);
    this.speed = slim(this.speed);
    this.heading = slim(this.heading);
    this.fromHeading = slim(this.fromHeading);
    this.glideMs = slim(this.glideMs);
    this.shownHeading = slim(this.shownHeading);
  }
}

function copyInto<T extends Float64Array | Float32Array>(wider: T, old: T): T {
  wider.set(old);
  return wider;
}

function near(lonA: number, latA: number, lonB: number, latB: number): boolean {
  const north = (latB - latA) * METRES_PER_DEGREE;
  const east = (lonB - lonA) * metresPerDegreeEast(latA);
  return north * north + east * east <= LEAP_M * LEAP_M;
}
