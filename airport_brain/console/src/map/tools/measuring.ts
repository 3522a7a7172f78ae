/** Lengths, bearings and areas of what somebody draws, and how they are written. */

import type { LonLat } from '../geodesy';
import { metresPerDegree, offsetM } from './ellipsoid';

export interface Leg {
  metres: number;
  /** From true north, 0 ≤ degrees < 360. */
  bearingDeg: number;
}

/** Each straight part of a line. */
export function legsOf(points: readonly LonLat[]): Leg[] {
  return points.slice(1).map((to, at) => {
    const [east, north] = offsetM(points[at]!, to);
    const bearing = (Math.atan2(east, north) * 180) / Math.PI;
    return { metres: Math.hypot(east, north), bearingDeg: (bearing + 360) % 360 };
  });
}

/** Length of a line. */
export function lengthM(points: readonly LonLat[]): number {
  return legsOf(points).reduce((sum, { metres }) => sum + metres, 0);
}

/** Length round a ring whose last corner is not the first again. */
export function roundM(corners: readonly LonLat[]): number {
  return corners.length < 2 ? 0 : lengthM([...corners, corners[0]!]);
}

/** Area of a ring whose last corner is not the first again; never negative. */
export function areaM2(corners: readonly LonLat[]): number {
  if (corners.length < 3) return 0;
  const [west, south] = corners[0]!;
  const latitudes = corners.map(([, latitude]) => latitude);
  const scale = metresPerDegree((Math.min(...latitudes) + Math.max(...latitudes)) / 2);
  // Relative to the first corner: products of whole degrees would lose the metres.
  const flat = corners.map(([x, y]) => [(x - west) * scale.east, (y - south) * scale.north] as const);
  let double = 0;
  for (let at = 0; at < flat.length; at += 1) {
    const [ax, ay] = flat[at]!;
    const [bx, by] = flat[(at + 1) % flat.length]!;
    double += ax * by - bx * ay;
  }
  return Math.abs(double) / 2;
}

/** `12.3 m`, `345 m`, `3,400 m`, `12.35 km`. */
export function metresText(metres: number): string {
  if (metres < 100) return `${metres.toFixed(1)} m`;
  if (metres < 10_000) return `${grouped(Math.round(metres))} m`;
  return `${(metres / 1000).toFixed(2)} km`;
}

/** `850 m²`, `21,600 m² · 2.16 ha`, `3.20 km²`. */
export function areaText(squareMetres: number): string {
  if (squareMetres >= 1e6) return `${(squareMetres / 1e6).toFixed(2)} km²`;
  const metres = `${grouped(Math.round(squareMetres))} m²`;
  return squareMetres < 10_000 ? metres : `${metres} · ${(squareMetres / 10_000).toFixed(2)} ha`;
}

/** `007.3°`: three digits, as bearings are spoken. */
export function bearingText(degrees: number): string {
  const rounded = (Math.round(degrees * 10) / 10) % 360;
  return `${rounded.toFixed(1).padStart(5, '0')}°`;
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
