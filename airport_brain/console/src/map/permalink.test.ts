import { describe, expect, it } from 'vitest';
import { NOTHING_SHOWN, readHash, writeHash } from './permalink';

describe('the fragment of the address', () => {
  it('comes back as it was written', () => {
    const shown = {
      airport: 'ZSSS',
      view: { zoom: 15.2, latitude: 31.198, longitude: 121.336, bearing: -2.7, pitch: 0 },
      three: false,
      mover: 'vehicle:13900100001',
      following: true,
      stand: '',
      thing: '',
      hidden: ['grass', 'label.stand'],
      fleetsOff: ['bus', 'follow-me'],
      only: 'moving' as const,
    };
    const hash = writeHash(shown);
    expect(hash).toBe(
      '#airport=ZSSS&view=15.20/31.19800/121.33600/-2.7&follow=vehicle:13900100001' +
        '&hide=grass,label.stand&without=bus,follow-me&only=moving',
    );
    expect(readHash(hash)).toEqual(shown);
  });

  it('keeps the scene, the lean of its camera and what is chosen in it', () => {
    const shown = {
      ...NOTHING_SHOWN,
      airport: 'ZSPD',
      three: true,
      view: { zoom: 16, latitude: 31.15, longitude: 121.8, bearing: 0, pitch: 60 },
      thing: 'ZSPD.runway.16L/34R',
    };
    const hash = writeHash(shown);
    expect(hash).toBe(
      '#airport=ZSPD&mode=3d&view=16.00/31.15000/121.80000/0/60&thing=ZSPD.runway.16L%2F34R',
    );
    expect(readHash(hash)).toEqual(shown);
    expect(readHash('#view=16/31/121/0/89').view?.pitch).toBe(75);
  });

  it('is short when nothing is special', () => {
    expect(writeHash(NOTHING_SHOWN)).toBe('#');
    expect(readHash('')).toEqual(NOTHING_SHOWN);
  });

  it('leaves out what cannot be read', () => {
    for (const view of ['x', '15/31', '15/91/121', '99/31/121', '15/31/NaN', '']) {
      expect(readHash(`#view=${view}`).view).toBeNull();
    }
    expect(readHash('#mover=<script>&hide=grass,%22,x y').mover).toBe('');
    expect(readHash('#hide=grass,%22,x y').hidden).toEqual(['grass']);
    expect(readHash('#only=flying').only).toBe('');
    expect(readHash('#view=15/31/121').view).toEqual({
      zoom: 15,
      latitude: 31,
      longitude: 121,
      bearing: 0,
      pitch: 0,
    });
  });
});
