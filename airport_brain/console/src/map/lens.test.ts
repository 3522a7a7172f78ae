import { describe, expect, it } from 'vitest';
import { ahead, metresPerPixel, type LonLat } from './geodesy';
import { Lens, type Camera } from './lens';

const CENTRE: LonLat = [121.8, 31.15];
const FLAT: Camera = { centre: CENTRE, zoom: 16, bearing: 0, pitch: 0, width: 1200, height: 800 };
/** Of the ground on the flat picture, metres. */
const HALF_WIDTH = 600 * metresPerPixel(16, CENTRE[1]);
const HALF_HEIGHT = 400 * metresPerPixel(16, CENTRE[1]);

const at = (bearing: number, metres: number): LonLat => ahead(CENTRE, bearing, metres);

describe('a lens', () => {
  it.each([
    [0, HALF_HEIGHT],
    [90, HALF_WIDTH],
    [180, HALF_HEIGHT],
    [270, HALF_WIDTH],
  ])('from above sees to the edge of the picture towards %d', (bearing, half) => {
    const lens = new Lens(FLAT);
    expect(lens.sees(at(bearing, half - 1), 0)).toBe(true);
    expect(lens.sees(at(bearing, half + 1), 0)).toBe(false);
    expect(lens.sees(at(bearing, half + 20), 30)).toBe(true);
    expect(lens.sees(at(bearing, half + 40), 30)).toBe(false);
  });

  it('turns with the camera', () => {
    const lens = new Lens({ ...FLAT, bearing: 90 });
    expect(lens.sees(at(0, HALF_WIDTH - 1), 0)).toBe(true);
    expect(lens.sees(at(90, HALF_HEIGHT + 1), 0)).toBe(false);
  });

  it.each([0, 45, 200])('that leans to %d sees far before it and little behind', (bearing) => {
    const lens = new Lens({ ...FLAT, bearing, pitch: 60 });
    expect(lens.sees(at(bearing, 4 * HALF_HEIGHT), 0)).toBe(true);
    expect(lens.sees(at(bearing + 180, 1.4 * HALF_HEIGHT), 0)).toBe(false);
    // The picture is wider far away.
    const far = ahead(CENTRE, bearing, 3 * HALF_HEIGHT, 1.5 * HALF_WIDTH);
    expect(lens.sees(far, 0)).toBe(true);
    expect(lens.sees(ahead(CENTRE, bearing, 0, 1.1 * HALF_WIDTH), 0)).toBe(false);
  });

  it('that looks over the horizon sees nothing behind itself', () => {
    const lens = new Lens({ ...FLAT, pitch: 75 });
    expect(lens.sees(at(0, 50_000), 0)).toBe(true);
    expect(lens.sees(at(180, 5_000), 100)).toBe(false);
  });

  it('says where things are in the picture', () => {
    expect(new Lens(FLAT).spot(CENTRE)).toEqual({ x: 600, y: 400 });
    const right = new Lens(FLAT).spot(at(90, HALF_WIDTH))!;
    expect([right.x, right.y]).toEqual([expect.closeTo(1200, 3), expect.closeTo(400, 3)]);
    const leaning = new Lens({ ...FLAT, pitch: 60 });
    expect(leaning.spot(CENTRE, 40)!.y).toBeLessThan(400 - 30);
    expect(leaning.spot(at(180, 50_000))).toBeNull();
  });

  it('says how large things are', () => {
    const leaning = new Lens({ ...FLAT, pitch: 60 });
    const metre = 1 / metresPerPixel(16, CENTRE[1]);
    expect(leaning.pixels(38, CENTRE)).toBeCloseTo(38 * metre, 6);
    // As far again behind the middle as the camera is before it.
    const away = 1200 / metre;
    const distance = Math.hypot(away * 0.5, away * (1 + Math.sqrt(0.75)));
    expect(leaning.pixels(38, at(0, away))).toBeCloseTo((38 * metre * away) / distance, 3);
    expect(leaning.pixels(38, at(180, 200))).toBeGreaterThan(38 * metre);
  });
});
