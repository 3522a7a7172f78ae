/** What style layers are made of. */

import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { metresPerPixel } from './geodesy';

/** A style layer with the layer of the manifest that switches it. */
export type Drawn = LayerSpecification & { metadata: { of: string } };

/** Width of so many metres on the ground at any zoom, never thinner than `least` pixels. */
export function metres(width: number, latitude: number, least = 0): ExpressionSpecification {
  const at = (zoom: number): number => Math.max(least, width / metresPerPixel(zoom, latitude));
  const stops: (number | ExpressionSpecification)[] = [];
  for (let zoom = 10; zoom <= 22; zoom += 1) stops.push(zoom, at(zoom));
  return ['interpolate', ['exponential', 2], ['zoom'], ...stops] as ExpressionSpecification;
}
