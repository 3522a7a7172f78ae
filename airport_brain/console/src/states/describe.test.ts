import { expect, it } from 'vitest';
import { Problem } from '../gateway/problem';
import { kindOf } from './describe';

it.each([
  [0, 'unreachable'],
  [400, 'bad'],
  [401, 'refused'],
  [403, 'refused'],
  [404, 'missing'],
  [410, 'missing'],
  [429, 'tooMany'],
  [503, 'theirs'],
])('status %i is %s', (status, kind) => {
  expect(kindOf(new Problem(status, '', ''))).toBe(kind);
});

it('takes a failure of our own for a fault', () => {
  expect(kindOf(new TypeError('x'))).toBe('theirs');
});
