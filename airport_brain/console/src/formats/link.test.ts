import { describe, expect, it } from 'vitest';
import { readLink, writeLink } from './link';

describe('a link to the workbench', () => {
  it('is read as it was written', () => {
    for (const hash of ['', '#example=mvt', '#example=jt808&format=jt808&mode=strict&tab=about', '#tab=json']) {
      expect(writeLink(readLink(hash))).toBe(hash);
    }
  });

  it('is as usual where it says nothing that is known', () => {
    const usual = { example: '', format: 'auto', mode: 'tolerant', tab: 'fields' };
    expect(readLink('')).toEqual(usual);
    expect(readLink('#example=<b>&format=../x&mode=loose&tab=else')).toEqual(usual);
  });
});
