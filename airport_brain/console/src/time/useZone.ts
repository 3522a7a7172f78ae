/** The zone that screens show times in, kept in the browser. */
import { keep, recall } from '../store/kept';
import { makeStore, useStore } from '../store/store';
import type { Zone } from './time';

const store = makeStore<Zone>(recall('zone') === 'utc' ? 'utc' : 'shanghai');

function setZone(zone: Zone): void {
  keep('zone', zone);
  store.set(zone);
}

export function useZone(): { zone: Zone; setZone: (zone: Zone) => void } {
  return { zone: useStore(store), setZone };
}
