import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ageText } from './age';
import { count, inside } from './filters';
import { FLEET_NAMES, FLEETS, fleetOf } from './fleets';
import { Motion } from './motion';
import { Pace } from './pace';
import { SAMPLE, at } from './sampleAirport';
import { WORDS } from './words';

/** The platform's own list of fleets. */
function platformFleets(): string[] {
  const source = readFileSync(new URL('../../../../spatiotemporal/domain.py', import.meta.url), 'utf8');
  const list = /FLEETS = frozenset\(\s*\{([^}]*)\}/.exec(source)?.[1] ?? '';
  return [...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name!);
}

describe('fleets', () => {
  it('cover every fleet of the platform', () => {
    const fleets = platformFleets();
    expect(fleets.length).toBeGreaterThan(10);
    for (const fleet of fleets) expect(FLEET_NAMES).toContain(fleet);
  });

  it('differ in colour or in mark, so that no two look the same', () => {
    const looks = FLEET_NAMES.map((name) => `${FLEETS[name]!.colour} ${FLEETS[name]!.mark}`);
    expect(new Set(looks).size).toBe(looks.length);
  });

  it('take unknown ones as other, and aircraft by their kind', () => {
    expect(fleetOf('vehicle', 'spaceship')).toBe('other');
    expect(fleetOf('aircraft', 'other')).toBe('aircraft');
  });
});

describe('counts', () => {
  it('are of this airport, by fleet, with stale and moving ones', () => {
    const motion = new Motion();
    const places = [at(0, 0), at(10, 0), at(20, 0), at(90_000, 0)];
    motion.take(
      {
        serverMs: 100_000,
        longitude: Float64Array.from(places, ([x]) => x),
        latitude: Float64Array.from(places, ([, y]) => y),
        fixMs: Float64Array.of(100_000, 100_000, 10_000, 100_000),
        index: Uint32Array.of(0, 1, 2, 3),
        speedMps: Float32Array.of(5, 0, 5, 5),
        headingDeg: Float32Array.of(0, 0, 0, 0),
      },
      0,
    );
    motion.name([
      { idx: 0, id: 'vehicle:0', kind: 'vehicle', fleet: 'bus', label: 'A' },
      { idx: 1, id: 'vehicle:1', kind: 'vehicle', fleet: 'tug', label: 'B' },
    ]);
    expect(count(motion, SAMPLE.manifest.bounds, 0)).toEqual({
      byFleet: { bus: 1, tug: 1, other: 1 },
      total: 3,
      stale: 1,
      moving: 1,
    });
    expect(inside(SAMPLE.manifest.bounds, ...at(2000, 0))).toBe(true);
    expect(inside(SAMPLE.manifest.bounds, ...at(2000, 0), 0)).toBe(false);
  });
});

describe('the age of a position', () => {
  it.each([
    [0.84, '0.8 s'],
    [42.4, '42 s'],
    [150, '2 min'],
    [7300, '2 h'],
  ])('%s seconds is %s', (seconds, text) => {
    expect(ageText(seconds, WORDS.en)).toBe(text);
  });
});

describe('pace', () => {
  const run = (turnMs: number): Pace => {
    const pace = new Pace();
    for (let now = 0; now < turnMs * 200; now += turnMs) if (pace.due(now)) pace.drawn(now);
    return pace;
  };

  it('is 30 pictures a second where that is easy', () => {
    expect(run(16).intervalMs).toBeLessThanOrEqual(34);
  });

  it('falls on a machine that cannot keep up, but not to nothing', () => {
    // Half of the time is left for the person.
    expect(run(90).intervalMs).toBeCloseTo(180, 0);
    expect(run(900).intervalMs).toBeLessThanOrEqual(700);
  });
});
