/** Metres and degrees over an airfield: a plane is good to centimetres in a kilometre here. */

/** Of latitude, on a sphere of 6,371 km. */
export const METRES_PER_DEGREE = 111_194.93;

export type LonLat = [longitude: number, latitude: number];

const RADIANS = Math.PI / 180;

/** Metres of one degree of longitude at a latitude. */
export function metresPerDegreeEast(latitude: number): number {
  return METRES_PER_DEGREE * Math.cos(latitude * RADIANS);
}

/** Point at a distance along a true bearing, with an offset to its right; all metres. */
export function ahead(from: LonLat, bearingDeg: number, alongM: number, rightM = 0): LonLat {
  const bearing = bearingDeg * RADIANS;
  const north = alongM * Math.cos(bearing) - rightM * Math.sin(bearing);
  const east = alongM * Math.sin(bearing) + rightM * Math.cos(bearing);
  return [from[0] + east / metresPerDegreeEast(from[1]), from[1] + north / METRES_PER_DEGREE];
}

/** Distance in metres. */
export function distanceM(a: LonLat, b: LonLat): number {
  const north = (b[1] - a[1]) * METRES_PER_DEGREE;
  const east = (b[0] - a[0]) * metresPerDegreeEast((a[1] + b[1]) / 2);
  return Math.hypot(north, east);
}

/** True bearing from one point to another, 0 ≤ degrees < 360. */
export function bearingDeg(a: LonLat, b: LonLat): number {
  const north = (b[1] - a[1]) * METRES_PER_DEGREE;
  const east = (b[0] - a[0]) * metresPerDegreeEast((a[1] + b[1]) / 2);
  return (Math.atan2(east, north) / RADIANS + 360) % 360;
}

/** Shortest way from one heading to another, -180 < degrees ≤ 180. */
export function turnDeg(from: number, to: number): number {
  const turn = (((to - from) % 360) + 540) % 360 - 180;
  return turn === -180 ? 180 : turn;
}

/** Metres that one CSS pixel covers at a zoom (512-pixel tiles). */
export function metresPerPixel(zoom: number, latitude: number): number {
  return (40_075_016.686 * Math.cos(latitude * RADIANS)) / (512 * 2 ** zoom);
}

/** Coordinates for reading aloud: `31.19800°N 121.33600°E`. */
export function formatPosition(longitude: number, latitude: number): string {
  const north = `${Math.abs(latitude).toFixed(5)}°${latitude < 0 ? 'S' : 'N'}`;
  const east = `${Math.abs(longitude).toFixed(5)}°${longitude < 0 ? 'W' : 'E'}`;
  return `${north} ${east}`;
}
