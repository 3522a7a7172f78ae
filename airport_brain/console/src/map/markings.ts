/**
 * What is painted on a runway, made from its thresholds: stripes, numbers, aiming points, arrows.
 *
 * Sizes follow ICAO Annex 14, 5.2: centre line stripes of 30 m with gaps of 20 m, threshold stripes
 * 30 m long beginning 6 m from the threshold and 1.8 m wide, their number by the runway's width.
 */

import type { Feature, FeatureCollection, LineString, Point, Polygon } from 'geojson';
import { ahead, bearingDeg, distanceM, type LonLat } from './geodesy';
import { featuresOf, type AirportFeature, type Layers } from './layers';

type Marking = Feature<Polygon | LineString | Point, { part: string; text?: string; bearing?: number }>;

const STRIPE_M = 30;
const GAP_M = 20;
const FIRST_STRIPE_M = 90;
const AIMING_M = 400;

interface End {
  designator: string;
  threshold: LonLat;
  pavementEnd: LonLat;
  bearing: number;
  displaced: number;
}

/** Everything painted on the runways of an airport. */
export function runwayMarkings(layers: Layers): FeatureCollection<Polygon | LineString | Point> {
  const features = featuresOf(layers, 'runway').flatMap((runway) =>
    markRunway(runway, endsOf(layers, String(runway.properties.designator))),
  );
  return { type: 'FeatureCollection', features };
}

function endsOf(layers: Layers, runway: string): End[] {
  return featuresOf(layers, 'threshold')
    .filter((one) => one.properties.runway === runway && one.geometry.type === 'Point')
    .map(({ properties, geometry }) => ({
      designator: String(properties.designator),
      threshold: (geometry as Point).coordinates as LonLat,
      pavementEnd: properties.pavement_end as LonLat,
      bearing: Number(properties.bearing_true_deg),
      displaced: Number(properties.displaced_m),
    }));
}

function markRunway(runway: AirportFeature, ends: End[]): Marking[] {
  const [one, other] = ends;
  if (!one || !other) return [];
  const width = Number(runway.properties.width_m);
  return [
    ...centreLine(one, other),
    ...sideLines(one, other, width),
    ...ends.flatMap((end) => [
      ...thresholdStripes(end, width),
      ...aimingPoint(end, width),
      ...beforeThreshold(end, width),
      number(end),
      name(end),
    ]),
  ];
}

/** Stripes between the two threshold numbers. */
function centreLine(one: End, other: End): Marking[] {
  const bearing = bearingDeg(one.threshold, other.threshold);
  const length = distanceM(one.threshold, other.threshold) - 2 * FIRST_STRIPE_M;
  const stripes: Marking[] = [];
  for (let along = 0; along + STRIPE_M <= length; along += STRIPE_M + GAP_M) {
    const from = FIRST_STRIPE_M + along;
    stripes.push(block(one.threshold, bearing, from, STRIPE_M, -0.45, 0.9, 'centre'));
  }
  return stripes;
}

function sideLines(one: End, other: End, width: number): Marking[] {
  const bearing = bearingDeg(one.pavementEnd, other.pavementEnd);
  const length = distanceM(one.pavementEnd, other.pavementEnd);
  return [-width / 2 + 0.5, width / 2 - 1.4].map((right) =>
    block(one.pavementEnd, bearing, 0, length, right, 0.9, 'side'),
  );
}

/** How many threshold stripes a runway of this width has: 45 m has 12, 60 m has 16. */
export function stripeCount(width: number): number {
  if (width >= 60) return 16;
  if (width >= 45) return 12;
  return width >= 30 ? 8 : 6;
}

function thresholdStripes(end: End, width: number): Marking[] {
  const half = stripeCount(width) / 2;
  const stripes: Marking[] = [];
  for (let side = -1; side <= 1; side += 2) {
    for (let number = 0; number < half; number += 1) {
      const right = side * (1.8 + number * 3.6) - 0.9;
      stripes.push(block(end.threshold, end.bearing, 6, 30, right, 1.8, 'threshold'));
    }
  }
  return stripes;
}

function aimingPoint(end: End, width: number): Marking[] {
  const offset = Math.min(width / 2 - 9, 18);
  return [offset - 4.5, -offset - 4.5].map((right) =>
    block(end.threshold, end.bearing, AIMING_M, 60, right, 9, 'aiming'),
  );
}

/** A displaced threshold has a bar across and arrows on the pavement before it. */
function beforeThreshold(end: End, width: number): Marking[] {
  if (end.displaced <= 0) return [];
  const bar = block(end.threshold, end.bearing, -1.8, 1.8, -width / 2 + 1, width - 2, 'bar');
  const arrows: Marking[] = [];
  for (let back = 45; back < end.displaced; back += 60) {
    arrows.push(block(end.threshold, end.bearing, -back, 22, -0.45, 0.9, 'arrow'));
    arrows.push(arrowHead(end, -back + 22));
  }
  return [bar, ...arrows];
}

function arrowHead(end: End, along: number): Marking {
  const corner = (up: number, right: number) => ahead(end.threshold, end.bearing, along + up, right);
  return polygon([corner(10, 0), corner(0, 4), corner(0, -4)], 'arrow');
}

/** The painted number, read by a pilot who lands over it. */
function number(end: End): Marking {
  return point(ahead(end.threshold, end.bearing, 62), {
    part: 'number',
    text: end.designator.replace(/([LCR])$/, '\n$1'),
    bearing: end.bearing,
  });
}

/** The name beside the end of the pavement, for looking from far away. */
function name(end: End): Marking {
  return point(ahead(end.pavementEnd, end.bearing, -150), {
    part: 'name',
    text: end.designator,
    bearing: end.bearing,
  });
}

function block(
  from: LonLat,
  bearing: number,
  along: number,
  length: number,
  right: number,
  width: number,
  part: string,
): Marking {
  return polygon(
    [
      ahead(from, bearing, along, right),
      ahead(from, bearing, along + length, right),
      ahead(from, bearing, along + length, right + width),
      ahead(from, bearing, along, right + width),
    ],
    part,
  );
}

function polygon(corners: LonLat[], part: string): Marking {
  const ring = [...corners, corners[0]!];
  return { type: 'Feature', properties: { part }, geometry: { type: 'Polygon', coordinates: [ring] } };
}

function point(at: LonLat, properties: { part: string; text: string; bearing: number }): Marking {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } };
}
