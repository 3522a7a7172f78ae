import { expect, it } from 'vitest';
import { preferred } from '../picking';
import { mmPerPixel, PICTURE_MM, scaleText } from './printing';

it('fits the picture to the page, whatever the shape of the screen', () => {
  for (const [width, height] of [[1920, 960], [800, 1200], [390, 700]] as const) {
    const mm = mmPerPixel(width, height);
    expect(width * mm).toBeLessThanOrEqual(PICTURE_MM[0] + 1e-9);
    expect(height * mm).toBeLessThanOrEqual(PICTURE_MM[1] + 1e-9);
  }
});

it('says the scale in two figures', () => {
  expect(scaleText(2, 0.16)).toBe('1 : 13,000');
  expect(scaleText(0.3, 0.15)).toBe('1 : 2,000');
});

it('means the stand in a fence, and the fence round it', () => {
  const layer = (id: string) => ({ layer: { id } }) as never;
  expect(preferred([layer('fence-fill'), layer('stand'), layer('apron')])).toEqual(layer('stand'));
  expect(preferred([layer('fence-fill'), layer('apron')])).toEqual(layer('fence-fill'));
  expect(preferred([layer('fence-edge'), layer('stand')])).toEqual(layer('fence-edge'));
  expect(preferred([layer('taxiway')])).toEqual(layer('taxiway'));
  expect(preferred([])).toBeUndefined();
});
