import { expect, it } from 'vitest';
import { nextOf } from './next';

it.each([
  ['', '/'],
  ['next=%2Fmap', '/map'],
  ['next=%2Fflights%2Fabc', '/flights/abc'],
  ['next=https%3A%2F%2Felsewhere.example', '/'],
  ['next=%2F%2Felsewhere.example', '/'],
  ['next=%2F%5Celsewhere.example', '/'],
  ['next=javascript%3Aalert(1)', '/'],
  ['next=%2Fsign-in', '/'],
])('after signing in %j leads to %s', (search, path) => {
  expect(nextOf(search)).toBe(path);
});
