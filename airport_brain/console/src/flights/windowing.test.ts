import { expect, it } from 'vitest';
import { scrollTo, windowOf } from './windowing';

it('draws what is in sight and a few more', () => {
  expect(windowOf(0, 440, 44, 2000)).toEqual({ first: 0, end: 18 });
  expect(windowOf(44_000, 440, 44, 2000)).toEqual({ first: 992, end: 1018 });
  expect(windowOf(88_000, 440, 44, 2000)).toEqual({ first: 1992, end: 2000 });
});

it('bears lists that became shorter, and no height yet', () => {
  expect(windowOf(88_000, 440, 44, 5)).toEqual({ first: 5, end: 5 });
  expect(windowOf(0, 0, 44, 0)).toEqual({ first: 0, end: 0 });
});

it('scrolls no further than needed', () => {
  expect(scrollTo(10, 440, 440, 44)).toBe(440);
  expect(scrollTo(9, 440, 440, 44)).toBe(396);
  expect(scrollTo(20, 440, 440, 44)).toBe(484);
});
