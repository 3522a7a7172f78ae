/**
 * What the map shows, in the fragment of its address, so that a link shows the same to a colleague:
 * `#airport=ZSSS&view=15.20/31.19800/121.33600/357&mover=vehicle:13900100001&hide=grass&fleets=bus`;
 * `mode=3d` is the scene, whose view has the camera's pitch as a fifth number.
 */

import { ONLY, type Only } from './tools/only';

export interface View {
  zoom: number;
  latitude: number;
  longitude: number;
  bearing: number;
  /** Degrees from straight down; only in the scene. */
  pitch: number;
}

/** The camera leans no further. */
export const MOST_PITCH = 75;

export interface Shown {
  airport: string;
  view: View | null;
  /** The scene instead of the flat map. */
  three: boolean;
  /** Id of the chosen mover, "" for none. */
  mover: string;
  following: boolean;
  /** Number of the chosen stand, "" for none. */
  stand: string;
  /** Id of another chosen element, "" for none. */
  thing: string;
  hidden: string[];
  /** Fleets that are switched off. */
  fleetsOff: string[];
  /** Movers that do this alone; "" for all. */
  only: Only;
}

export const NOTHING_SHOWN: Shown = {
  airport: '',
  view: null,
  three: false,
  mover: '',
  following: false,
  stand: '',
  thing: '',
  hidden: [],
  fleetsOff: [],
  only: '',
};

const NAME = /^[A-Za-z0-9._:-]{1,80}$/;
/** Ids of features: designators have slashes, names of places may be Chinese. */
const THING = /^[\p{L}\p{N}._:/() -]{1,80}$/u;

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
    three: members.get('mode') === '3d',
    mover: name('mover') || name('follow'),
    following: name('follow') !== '',
    stand: name('stand'),
    thing: THING.test(members.get('thing') ?? '') ? members.get('thing')! : '',
    hidden: list('hide'),
    fleetsOff: list('without'),
    only: ONLY.find((one) => one === members.get('only')) ?? '',
  };
}

function readView(text: string): View | null {
  const numbers = text.split('/').map(Number);
  const [zoom, latitude, longitude, bearing = 0, pitch = 0] = numbers;
  if (zoom === undefined || latitude === undefined || longitude === undefined) return null;
  if (text === '' || numbers.some((value) => !Number.isFinite(value))) return null;
  if (zoom < 0 || zoom > 24 || Math.abs(latitude) > 85 || Math.abs(longitude) > 180) return null;
  return { zoom, latitude, longitude, bearing, pitch: Math.min(MOST_PITCH, Math.max(0, pitch)) };
}

/** Write a fragment, members in a fixed order. */
export function writeHash(shown: Shown): string {
  const parts: string[] = [];
  const add = (key: string, value: string): void => {
    if (value) parts.push(`${key}=${value}`);
  };
  add('airport', shown.airport);
  add('mode', shown.three ? '3d' : '');
  if (shown.view) {
    const { zoom, latitude, longitude, bearing, pitch } = shown.view;
    const turned = Math.round(bearing * 10) / 10 || 0;
    const place = [zoom.toFixed(2), latitude.toFixed(5), longitude.toFixed(5)];
    const leaned = Math.round(pitch);
    const angles = leaned ? [String(turned), String(leaned)] : turned ? [String(turned)] : [];
    add('view', [...place, ...angles].join('/'));
  }
  add(shown.following ? 'follow' : 'mover', shown.mover);
  add('stand', shown.stand);
  add('thing', encodeURIComponent(shown.thing));
  add('hide', [...shown.hidden].sort().join(','));
  add('without', [...shown.fleetsOff].sort().join(','));
  add('only', shown.only);
  return `#${parts.join('&')}`;
}
