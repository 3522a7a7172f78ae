import { expect, it } from 'vitest';
import type { Frame } from '../frame';
import { KEPT_MS, trailFacts, Trails } from './trails';

const START = Date.UTC(2026, 10, 27, 12);
const NAMES = [{ idx: 0, id: 'vehicle:1', kind: 'vehicle', fleet: 'tug', label: 'A1' }];

function frame(longitude: number, seconds: number): Frame {
  return {
    serverMs: START + seconds * 1000,
    longitude: Float64Array.of(longitude),
    latitude: Float64Array.of(31.2),
    fixMs: Float64Array.of(START + seconds * 1000),
    index: Uint32Array.of(0),
    speedMps: Float32Array.of(5),
    headingDeg: Float32Array.of(90),
  };
}

it('keeps a point of a moving mover every few seconds, and none of a standing one', () => {
  const trails = new Trails();
  for (let second = 0; second < 30; second += 1) trails.take(frame(121.3 + second * 5e-5, second), NAMES);
  for (let second = 30; second < 60; second += 1) trails.take(frame(121.3 + 29 * 5e-5, second), NAMES);
  const points = trails.of('vehicle:1');
  expect(points).toHaveLength(11);
  const facts = trailFacts(points)!;
  expect(facts.minutes).toBeCloseTo(0.5, 2);
  expect(facts.metres).toBeCloseTo(29 * 5e-5 * 95_308, 0);
  expect(trails.of('vehicle:2')).toEqual([]);
  expect(trailFacts([])).toBeNull();
});

it('forgets what is older than ten minutes, and whom it has no name of', () => {
  const trails = new Trails();
  for (let second = 0; second < 1200; second += 10) trails.take(frame(121.3 + second * 1e-5, second), NAMES);
  const points = trails.of('vehicle:1');
  expect(points.at(-1)!.fixMs - points[0]!.fixMs).toBeLessThanOrEqual(KEPT_MS);
  expect(points.length).toBeGreaterThan(50);
  trails.take(frame(121.4, 1300), []);
  expect(trails.of('vehicle:1').at(-1)).toEqual(points.at(-1));
});
