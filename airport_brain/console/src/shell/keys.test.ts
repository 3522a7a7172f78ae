import { describe, expect, it } from 'vitest';
import { meaning } from './keys';
import { firstScreen, screenAt, SCREENS } from './screens';

describe('meaning', () => {
  it('knows single keys', () => {
    expect(meaning('/', null)).toEqual({ do: 'search' });
    expect(meaning('?', null)).toEqual({ do: 'help' });
    expect(meaning('f', null)).toEqual({ do: 'nothing' });
  });

  it('waits after g and then goes', () => {
    expect(meaning('g', null)).toEqual({ do: 'wait' });
    expect(meaning('g', 'g')).toEqual({ do: 'go', key: 'g' });
    expect(meaning('f', 'g')).toEqual({ do: 'go', key: 'f' });
  });
});

describe('screens', () => {
  it('have keys and addresses of their own', () => {
    expect(new Set(SCREENS.map((screen) => screen.key)).size).toBe(SCREENS.length);
    expect(new Set(SCREENS.map((screen) => screen.path)).size).toBe(SCREENS.length);
  });

  it('are found by address', () => {
    expect(screenAt('/cargo/112-12345675')?.name).toBe('cargo');
    expect(screenAt('/flights')?.name).toBe('flights');
    expect(screenAt('/flightsX')).toBeUndefined();
  });

  it('open the first that somebody may see', () => {
    expect(firstScreen(new Set(['passenger.gate.use'])).name).toBe('gate');
    expect(firstScreen(new Set()).name).toBe('cargo');
    expect(firstScreen(new Set(['operations.flights.read', 'passenger.gate.use'])).name).toBe(
      'flights',
    );
  });
});
