/** What was odd or wrong, in the language that is on, each leading to its place. */
import type { Remark } from '../api/types';
import { useLanguage, useWords } from '../language';
import styles from './remarks.module.css';
import { WORDS } from './words';

/** The fault, where there is one, and the notices; faults are marked so that they are told apart. */
export type Told = Remark & { fault?: true };

export function Remarks(props: {
  remarks: readonly Told[];
  active: number | null;
  hover: (index: number | null) => void;
}) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  if (props.remarks.length === 0) return null;
  return (
    <ul className={styles.remarks} aria-label={w.remarks} onMouseLeave={() => props.hover(null)}>
      {props.remarks.map((one, index) => (
        <li key={index} data-tone={one.fault ? 'bad' : 'warn'}>
          <button
            type="button"
            data-active={props.active === index || undefined}
            onMouseEnter={() => props.hover(index)}
            onFocus={() => props.hover(index)}
          >
            <span className={styles.kind}>{one.fault ? w.fault : w.notice}</span>
            <span className={styles.told}>
              <span lang={language}>{one[language] || one.en}</span>
              {one.zh !== one.en && (
                <small lang={language === 'zh' ? 'en' : 'zh-CN'}>
                  {language === 'zh' ? one.en : one.zh}
                </small>
              )}
              {(one.found || one.expected) && (
                <small>
                  {[one.found && w.found(one.found), one.expected && w.expected(one.expected)]
                    .filter(Boolean)
                    .join(language === 'zh' ? '，' : ', ')}
                </small>
              )}
            </span>
            <span className={styles.place}>
              {one.field && <b>{one.field}</b>}
              <span>{language === 'zh' ? chinese(one.position) : one.position}</span>
              <code>{one.code}</code>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A place in words: `line 3 column 12`, `byte 17`. */
export function chinese(position: string): string {
  return position
    .replace(/\bline (\d+)/, '第 $1 行')
    .replace(/\s*\bcolumn (\d+)/, '第 $1 列')
    .replace(/\bbody byte (\d+)/, '消息体第 $1 字节')
    .replace(/\bbyte (\d+)/, '第 $1 字节')
    .replace(/\bframe (\d+)/, '第 $1 帧');
}
