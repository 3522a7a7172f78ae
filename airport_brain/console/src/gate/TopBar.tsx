import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useLanguage, useWords } from '../language';
import { clock, useNow, useZone } from '../time';
import styles from './gate.module.css';
import { WORDS } from './words';

/** The kiosk's head: where it stands, the time, the language. */
export function TopBar({ gate, children }: { gate?: string; children?: ReactNode }) {
  const w = useWords(WORDS);
  const { language, setLanguage } = useLanguage();
  const { zone } = useZone();
  const now = useNow(1000);
  return (
    <header className={styles.top}>
      {gate ? (
        <strong className={styles.gateSign}>
          <small>
            登机口
            <br />
            Gate
          </small>
          {gate}
        </strong>
      ) : (
        <Link href="/" className={styles.home}>
          {w.home}
        </Link>
      )}
      <span className={styles.title}>{w.title}</span>
      <time className={styles.clock}>{clock(now, zone)}</time>
      <button type="button" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
        {language === 'zh' ? 'English' : '中文'}
      </button>
      {children}
    </header>
  );
}
