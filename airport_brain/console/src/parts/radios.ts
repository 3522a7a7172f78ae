/** Keys of a group of which one is chosen: arrows choose the next, and Tab enters the group once. */

import type { KeyboardEvent } from 'react';

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Which of so many comes next to one with a key; `null` for other keys. After the last comes the first. */
export function nextOf(key: string, at: number, count: number): number | null {
  const step = STEPS[key];
  return step === undefined || at < 0 ? null : (at + step + count) % count;
}

/** For `onKeyDown` of the element with `role="radiogroup"`. */
export function chooseWithArrows(event: KeyboardEvent<HTMLElement>): void {
  const radios = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')];
  const next = nextOf(event.key, radios.indexOf(document.activeElement as HTMLElement), radios.length);
  if (next === null) return;
  event.preventDefault();
  // The screen has its own use for arrows.
  event.stopPropagation();
  radios[next]!.focus();
  radios[next]!.click();
}
