import type { Stage } from '../api/types';
import { useLanguage, useWords } from '../language';
import styles from './stages.module.css';
import { WORDS } from './words';

/** Booked to delivered: how far the pieces are. */
export function StageLine({ stages, pieces }: { stages: readonly Stage[]; pieces: number | null }) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const reached = stages.reduce((last, stage, at) => (stage.state === 'open' ? last : at), -1);
  return (
    <ol className={styles.line} aria-label={w.stages}>
      {stages.map((stage, at) => {
        const state = stage.state === 'done' || stage.state === 'partial' ? stage.state : 'open';
        const part = state === 'partial' && pieces !== null && stage.pieces > 0;
        return (
          <li key={stage.code} data-state={state} data-here={at === reached || undefined}>
            <span className={styles.mark} aria-hidden="true">
              {state === 'done' ? '✓' : at + 1}
            </span>
            <span className={styles.name}>{stage[language]}</span>
            <span className={styles.how}>
              {part ? w.piecesPart(stage.pieces, pieces) : w[state]}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
