/** Tables of the words of a screen: one per screen folder, both languages with the same keys. */

export type Language = 'zh' | 'en';

/** A text, or a function that puts values into one. */
export type Entry = string | ((...values: never[]) => string);

type Same<T> = { [K in keyof T]: T[K] extends string ? string : T[K] };

export interface Words<T> {
  readonly zh: T;
  readonly en: Same<T>;
}

/** Declare a table; the English half must have exactly the keys of the Chinese one. */
export function words<T extends Record<string, Entry>>(table: {
  zh: T;
  en: Same<NoInfer<T>>;
}): Words<Same<T>> {
  return table as unknown as Words<Same<T>>;
}
