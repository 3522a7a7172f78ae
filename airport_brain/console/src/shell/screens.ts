/** The screens of the console: address, word, key, and the right they need. */
import type { FC } from 'react';
import { lazy } from 'react';

export interface Screen {
  name: 'flights' | 'map' | 'gate' | 'cargo' | 'formats';
  path: string;
  /** Second key after `g`. */
  key: string;
  /** Scope that whoever opens it must hold; null: open to the public. */
  scope: string | null;
  /** Shown without header and navigation. */
  alone: boolean;
  Page: FC;
}

export const SCREENS: readonly Screen[] = [
  {
    name: 'flights',
    path: '/flights',
    key: 'f',
    scope: 'operations.flights.read',
    alone: false,
    Page: lazy(() => import('../flights/FlightsPage')),
  },
  {
    name: 'map',
    path: '/map',
    key: 'm',
    scope: 'spatiotemporal.live.read',
    alone: false,
    Page: lazy(() => import('../map/MapPage')),
  },
  {
    name: 'gate',
    path: '/gate',
    key: 'g',
    scope: 'passenger.gate.use',
    alone: true,
    Page: lazy(() => import('../gate/GatePage')),
  },
  {
    name: 'cargo',
    path: '/cargo',
    key: 'c',
    scope: null,
    alone: false,
    Page: lazy(() => import('../cargo/CargoPage')),
  },
  {
    name: 'formats',
    path: '/formats',
    key: 'b',
    scope: 'formats.read',
    alone: false,
    Page: lazy(() => import('../formats/FormatsPage')),
  },
];

/** The screen that an address belongs to. */
export function screenAt(path: string): Screen | undefined {
  return SCREENS.find((screen) => path === screen.path || path.startsWith(`${screen.path}/`));
}

/** The first screen that these scopes open. */
export function firstScreen(scopes: ReadonlySet<string>): Screen {
  const found = SCREENS.find((screen) => screen.scope !== null && scopes.has(screen.scope));
  return found ?? SCREENS.find((screen) => screen.scope === null)!;
}
