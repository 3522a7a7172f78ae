/**
 * What the map shows, in the fragment of its address, so that a link shows the same to a colleague:
 * `#airport=ZSSS&view=15.20/31.19800/121.33600/357&mover=vehicle:13900100001&hide=grass&fleets=bus`.
 */

export interface View {
  zoom: number;
  latitude: number;
  longitude: number;
  bearing: number;
}

export interface Shown {
  airport: string;
  view: View | null;
  /** Id of the chosen mover, "" for none. */
  mover: string;
  following: boolean;
  /** Number of the chosen stand, "" for none. */
  stand: string;
  hidden: string[];
  /** Fleets that are switched off. */
  fleetsOff: string[];
}

export const NOTHING_SHOWN: Shown = {
  airport: '',
  view: null,
  mover: '',
  following: false,
  stand: '',
  hidden: [],
  fleetsOff: [],
};

const NAME = /^[A-Za-z0-9._:-]{1,80}$/;

/** Read a fragment; what cannot be read is left out, never guessed. */
export function readHash(hash: string): Shown {
  const members = new URLSearchParams(hash.replace(/^#/, ''));
  const name = (key: string): string => {
    const value = members.get(key) ?? '';
    return NAME.test(value) ? value : '';
  };
  const list = (key: string): string[] =>
    (members.get(key) ?? '').split(',').filter((value) => NAME.test(value));
  return {
    airport: name('airport').toUpperCase(),
    view: readView(members.get('view') ?? ''),
    mover: name('mover') || name('follow'),
    following: name('follow') !== '',
    stand: name('stand'),
    hidden: list('hide'),
    fleetsOff: list('without'),
  };
}

function readView(text: string): View | null {
  const numbers = text.split('/').map(Number);
  const [zoom, latitude, longitude, bearing = 0] = numbers;
  if (zoom === undefined || latitude === undefined || longitude === undefined) return null;
  if (text === '' || numbers.some((value) => !Number.isFinite(value))) return null;
  if (zoom < 0 || zoom > 24 || Math.abs(latitude) > 85 || Math.abs(longitude) > 180) return null;
  return { zoom, latitude, longitude, bearing };
}

/** Write a fragment, members in a fixed order. */
export function writeHash(shown: Shown): string {
  const parts: string[] = [];
  const add = (key: string, value: string): void => {
    if (value) parts.push(`${key}=${value}`);
  };
  add('airport', shown.airport);
  if (shown.view) {
    const { zoom, latitude, longitude, bearing } = shown.view;
    const turned = Math.round(bearing * 10) / 10 || 0;
    const place = [zoom.toFixed(2), latitude.toFixed(5), longitude.toFixed(5)];
    add('view', [...place, ...(turned ? [String(turned)] : [])].join('/'));
  }
  add(shown.following ? 'follow' : 'mover', shown.mover);
  add('stand', shown.stand);
  add('hide', [...shown.hidden].sort().join(','));
  add('without', [...shown.fleetsOff].sort().join(','));
  return `#${parts.join('&')}`;
}
