import type { Polygon } from 'geojson';
import { expect, it } from 'vitest';
import { distanceM } from './geodesy';
import { innerPoint } from './innerPoint';
import { at } from './sampleAirport';

it('lies in the thick part of a building that is bent', () => {
  const terminal: Polygon = {
    type: 'Polygon',
    // A hall of 200 by 400 m in the west, a pier of 60 by 600 m to the east of it.
    coordinates: [
      [at(0, 0), at(200, 0), at(200, 170), at(800, 170), at(800, 230), at(200, 230), at(200, 400), at(0, 400), at(0, 0)],
    ],
  };
  const [longitude, latitude] = innerPoint(terminal)!;
  expect(distanceM([longitude, latitude], at(110, 200))).toBeLessThan(110);
  expect(longitude).toBeLessThan(at(200, 0)[0]);
});

it('keeps out of holes and takes the largest part', () => {
  const ring = (west: number, size: number) => [
    at(west, 0), at(west + size, 0), at(west + size, size), at(west, size), at(west, 0),
  ];
  const parts = innerPoint({ type: 'MultiPolygon', coordinates: [[ring(0, 50)], [ring(500, 200)]] })!;
  expect(distanceM(parts, at(600, 100))).toBeLessThan(10);
  const holed = innerPoint({ type: 'Polygon', coordinates: [ring(0, 300), ring(100, 100)] })!;
  expect(distanceM(holed, at(150, 150))).toBeGreaterThan(50);
  expect(innerPoint({ type: 'Point', coordinates: at(0, 0) })).toBeNull();
});
