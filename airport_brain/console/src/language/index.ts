export { currentLanguage, useLanguage, useWords, TAG } from './language';
export { words } from './words';
export type { Language, Words } from './words';
