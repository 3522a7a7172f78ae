/** The language of the screens: Chinese first, kept in the browser, `?lang=en` wins. */
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { asked, keep, recall } from '../store/kept';
import { makeStore, useStore } from '../store/store';
import type { Language, Words } from './words';

export type { Language } from './words';

export const TAG: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

/** First of the given that names a language; Chinese when none does. */
export function chosen(...given: readonly (string | null)[]): Language {
  for (const text of given) {
    const language = text?.slice(0, 2).toLowerCase();
    if (language === 'zh' || language === 'en') return language;
  }
  return 'zh';
}

const store = makeStore<Language>(chosen(asked('lang'), recall('language')));

function apply(language: Language): void {
  if (typeof document !== 'undefined') document.documentElement.lang = TAG[language];
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
}

apply(store.get());

export function currentLanguage(): Language {
  return store.get();
}

function setLanguage(language: Language): void {
  keep('language', language);
  apply(language);
  store.set(language);
}

export function useLanguage(): {
  language: Language;
  setLanguage: (language: Language) => void;
} {
  return { language: useStore(store), setLanguage };
}

/** The words of a table in the language that is on. */
export function useWords<T>(table: Words<T>): T {
  return table[useStore(store)] as T;
}
