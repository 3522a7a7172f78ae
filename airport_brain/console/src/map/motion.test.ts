import { describe, expect, it } from 'vitest';
import type { Frame } from './frame';
import { distanceM, type LonLat } from './geodesy';
import { AHEAD_S, Motion, STALE_S } from './motion';
import { at } from './sampleAirport';

interface Report {
  index?: number;
  place: LonLat;
  fixS: number;
  speed?: number;
  heading?: number;
}

function frame(serverS: number, ...reports: Report[]): Frame {
  const column = (of: (report: Report) => number) => Float64Array.from(reports, of);
  return {
    serverMs: serverS * 1000,
    longitude: column(({ place }) => place[0]),
    latitude: column(({ place }) => place[1]),
    fixMs: column(({ fixS }) => fixS * 1000),
    index: Uint32Array.from(reports, ({ index = 0 }) => index),
    speedMps: Float32Array.from(reports, ({ speed = 10 }) => speed),
    headingDeg: Float32Array.from(reports, ({ heading = 90 }) => heading),
  };
}

function drawn(motion: Motion, index = 0): LonLat {
  return [motion.shownLon[index]!, motion.shownLat[index]!];
}

describe('a mover between two reports', () => {
  it('is shown at once where it is first seen', () => {
    const motion = new Motion();
    motion.take(frame(100, { place: at(0, 0), fixS: 100 }), 0);
    expect(distanceM(drawn(motion), at(0, 0))).toBeLessThan(0.01);
    expect(motion.shownHeading[0]).toBe(90);
  });

  it('is there already in a picture that began just before the report came', () => {
    const motion = new Motion();
    motion.take(frame(100, { place: at(0, 0), fixS: 100 }), 20);
    motion.move(5);
    expect(distanceM(drawn(motion), at(0, 0))).toBeLessThan(0.01);
  });

  it('glides to the next report and is half way at half time', () => {
    const motion = new Motion();
    motion.take(frame(100, { place: at(0, 0), fixS: 100, speed: 0 }), 0);
    motion.take(frame(101, { place: at(10, 0), fixS: 101 }), 1000);
    motion.move(1500);
    expect(distanceM(drawn(motion), at(5, 0))).toBeLessThan(0.05);
    motion.move(2000);
    expect(distanceM(drawn(motion), at(10, 0))).toBeLessThan(0.05);
  });

  it('goes on along its heading for a moment only, then waits', () => {
    const motion = new Motion();
    motion.take(frame(100, { place: at(0, 0), fixS: 100 }), 0);
    motion.move(500);
    expect(distanceM(drawn(motion), at(5, 0))).toBeLessThan(0.05);
    expect(motion.move(20_000)).toBe(true);
    expect(distanceM(drawn(motion), at(10 * AHEAD_S, 0))).toBeLessThan(0.05);
    expect(motion.move(21_000)).toBe(false);
  });

  it('never jumps back when the report comes behind where it was drawn', () => {
    const motion = new Motion();
    motion.take(frame(100, { place: at(0, 0), fixS: 100 }), 0);
    motion.move(1000);
    const before = drawn(motion);
    motion.take(frame(101, { place: at(8, 0), fixS: 101 }), 1000);
    expect(distanceM(drawn(motion), before)).toBeLessThan(0.01);
  });

  it('stands still without speed, whatever its heading says', () => {
    const motion = new Motion();
    motion.take(frame(100, { place: at(0, 0), fixS: 100, speed: 0, heading: 10 }), 0);
    motion.take(frame(101, { place: at(0, 0), fixS: 101, speed: 0.1, heading: 200 }), 1000);
    motion.move(5000);
    expect(distanceM(drawn(motion), at(0, 0))).toBeLessThan(0.01);
    expect(motion.shownHeading[0]).toBe(10);
  });

  it('turns the short way over north', () => {
    const motion = new Motion();
    motion.take(frame(100, { place: at(0, 0), fixS: 100, heading: 350 }), 0);
    motion.take(frame(101, { place: at(0, 5), fixS: 101, heading: 10 }), 1000);
    motion.move(1250);
    expect(motion.shownHeading[0]).toBeCloseTo(360, 3);
  });

  it('is shown at once after a leap that nothing drives', () => {
    const motion = new Motion();
    motion.take(frame(100, { place: at(0, 0), fixS: 100 }), 0);
    motion.take(frame(101, { place: at(900, 0), fixS: 101 }), 1000);
    expect(distanceM(drawn(motion), at(900, 0))).toBeLessThan(0.05);
  });

  it('without heading and speed is drawn where it reported', () => {
    const motion = new Motion();
    const unknown = { speed: Number.NaN, heading: Number.NaN };
    motion.take(frame(100, { place: at(3, 4), fixS: 100, ...unknown }), 0);
    motion.move(5000);
    expect(distanceM(drawn(motion), at(3, 4))).toBeLessThan(0.01);
    expect(motion.shownHeading[0]).toBeNaN();
  });
});

describe('the age of a position', () => {
  it('goes by the platform’s clock', () => {
    const motion = new Motion();
    motion.take(frame(1000, { place: at(0, 0), fixS: 990 }), 50);
    expect(motion.ageS(0, 50)).toBeCloseTo(10);
    expect(motion.stale(0, 50)).toBe(false);
    expect(motion.stale(0, 50 + (STALE_S - 9) * 1000)).toBe(true);
  });

  it('is never negative for a terminal whose clock is fast', () => {
    const motion = new Motion();
    motion.take(frame(1000, { place: at(0, 0), fixS: 1003 }), 0);
    expect(motion.ageS(0, 0)).toBe(0);
  });
});

describe('many movers', () => {
  it('grow past the first capacity and are found by id and by place', () => {
    const motion = new Motion();
    const reports = Array.from({ length: 3000 }, (_, index) => ({
      index,
      place: at(index, 0),
      fixS: 100,
      speed: 0,
    }));
    motion.take(frame(100, ...reports), 0);
    motion.name([{ idx: 2999, id: 'vehicle:2999', kind: 'vehicle', fleet: 'bus', label: 'X' }]);
    expect(motion.size).toBe(3000);
    expect(motion.find('vehicle:2999')).toBe(2999);
    expect(motion.find('vehicle:0')).toBe(-1);
    const [longitude, latitude] = at(1200.4, 3);
    expect(motion.nearest(longitude, latitude, 10, () => true)).toBe(1200);
    expect(motion.nearest(longitude, latitude, 10, (one) => one !== 1200)).toBe(1201);
    expect(motion.nearest(longitude, latitude, 1, () => true)).toBe(-1);
  });

  it('are forgotten with the connection that numbered them', () => {
    const motion = new Motion();
    motion.take(frame(100, { place: at(0, 0), fixS: 100 }), 0);
    motion.clear();
    expect(motion.placed(0)).toBe(false);
  });
});
