/**
 * What a link to the workbench says: `#example=mvt&format=mvt&mode=strict&tab=about`.
 *
 * A message is never a part of it: it may name people.
 */

import { AUTO, type Mode } from './api';

export type Tab = 'fields' | 'json' | 'about';

export interface Link {
  /** Format whose example is on the bench; "" for another message. */
  example: string;
  format: string;
  mode: Mode;
  tab: Tab;
}

const NAME = /^[a-z0-9._-]{1,40}$/;
const TABS: readonly Tab[] = ['fields', 'json', 'about'];

/** Read a fragment; what cannot be read is as usual. */
export function readLink(hash: string): Link {
  const members = new URLSearchParams(hash.replace(/^#/, ''));
  const name = (key: string): string => {
    const value = members.get(key) ?? '';
    return NAME.test(value) ? value : '';
  };
  return {
    example: name('example'),
    format: name('format') || AUTO,
    mode: members.get('mode') === 'strict' ? 'strict' : 'tolerant',
    tab: TABS.find((one) => one === members.get('tab')) ?? 'fields',
  };
}

/** Write a fragment, members in a fixed order; "" when everything is as usual. */
export function writeLink({ example, format, mode, tab }: Link): string {
  const parts = [
    example && `example=${example}`,
    format !== AUTO && `format=${format}`,
    mode === 'strict' && 'mode=strict',
    tab !== 'fields' && `tab=${tab}`,
  ].filter(Boolean);
  return parts.length > 0 ? `#${parts.join('&')}` : '';
}
