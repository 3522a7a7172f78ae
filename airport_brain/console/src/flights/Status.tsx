import type { Flight } from '../api/types';
import { useLanguage, useWords } from '../language';
import { toneOf } from './phase';
import styles from './status.module.css';
import { WORDS } from './words';

/** A flight's status: words in a colour. */
export function Status({ flight }: { flight: Flight }) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { status, public_status } = flight;
  const hint = [status.code, public_status, status.derived ? w.derived : '']
    .filter(Boolean)
    .join(' · ');
  return (
    <span className={styles.status} data-tone={toneOf(flight)} title={hint}>
      <span className={styles.dot} aria-hidden="true" />
      {status[language]}
    </span>
  );
}
