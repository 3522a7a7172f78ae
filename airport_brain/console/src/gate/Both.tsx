import { useLanguage } from '../language';
import { WORDS } from './words';

type Plain = {
  [K in keyof typeof WORDS.zh]: (typeof WORDS.zh)[K] extends string ? K : never;
}[keyof typeof WORDS.zh];

/** A sentence in the kiosk's language, and small beside it in the other one. */
export function Both({ word }: { word: Plain }) {
  return <BothTexts zh={WORDS.zh[word]} en={WORDS.en[word]} />;
}

export function BothTexts({ zh, en }: { zh: string; en: string }) {
  const { language } = useLanguage();
  const [first, second] = language === 'zh' ? [zh, en] : [en, zh];
  const [one, other] = language === 'zh' ? ['zh-CN', 'en'] : ['en', 'zh-CN'];
  return (
    <>
      <span lang={one}>{first}</span>
      <small lang={other}>{second}</small>
    </>
  );
}
