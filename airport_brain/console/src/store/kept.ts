/** What this browser remembers between visits. Private windows may refuse; nothing breaks then. */

const PREFIX = 'airport-brain.';

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Not remembered, which is all that is lost.
  }
}

/** The value of a parameter of the address, such as `?lang=en`. */
export function asked(name: string): string | null {
  return typeof location === 'undefined' ? null : new URLSearchParams(location.search).get(name);
}
