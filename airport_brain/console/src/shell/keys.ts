/** What keys do everywhere: `/` search, `g` then a letter goes to a screen, `?` shows the help. */

export type KeyAction =
  | { do: 'search' }
  | { do: 'help' }
  | { do: 'go'; key: string }
  | { do: 'wait' }
  | { do: 'nothing' };

/** Time in which the second key of a pair must come. */
export const PAIR_MS = 1200;

/**
 * What a key means.
 * @param key as in `KeyboardEvent.key`
 * @param first the key pressed shortly before, if a pair may have begun
 */
export function meaning(key: string, first: string | null): KeyAction {
  if (first === 'g') return { do: 'go', key };
  if (key === '/') return { do: 'search' };
  if (key === '?') return { do: 'help' };
  if (key === 'g') return { do: 'wait' };
  return { do: 'nothing' };
}

/** Whether keys go into a field there. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
