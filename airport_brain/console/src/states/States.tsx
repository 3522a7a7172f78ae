/** What a screen shows instead of its content: loading, failed, nothing, stale. */
import type { ReactNode } from 'react';
import { Problem } from '../gateway/client';
import { useWords } from '../language';
import { clockWithSeconds, span, useNow, useZone } from '../time';
import { kindOf } from './describe';
import styles from './states.module.css';
import { WORDS } from './words';

export function Loading() {
  const w = useWords(WORDS);
  return (
    <div className={styles.state} role="status">
      <span className={styles.spinner} aria-hidden="true" />
      <span>{w.loading}</span>
    </div>
  );
}

/** A failure with its reason; `retry` puts a button under it. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const w = useWords(WORDS);
  const kind = kindOf(error);
  const hints: Partial<Record<typeof kind, string>> = {
    refused: w.refusedHint,
    unreachable: w.unreachableHint,
    tooMany: w.tooManyHint,
    theirs: w.theirsHint,
  };
  const detail =
    hints[kind] ?? (error instanceof Problem ? error.detail || error.title : String(error));
  return (
    <div className={styles.state} role="alert">
      <span className={styles.mark} aria-hidden="true">
        !
      </span>
      <strong>{w[kind]}</strong>
      <span className={styles.hint}>{detail}</span>
      {retry && (
        <button type="button" className={styles.retry} onClick={retry}>
          {w.retry}
        </button>
      )}
    </div>
  );
}

/** What a failure is in a line, for places too small for more. */
export function useFailureText(error: unknown): string {
  return useWords(WORDS)[kindOf(error)];
}

/** Nothing to show, and why; children may offer a way on. */
export function Nothing({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className={styles.state} role="status">
      <span className={styles.empty} aria-hidden="true" />
      <span>{text}</span>
      {children}
    </div>
  );
}

/** A banner: the live data are old. `since` is when something was last heard; null: never. */
export function Stale({ since }: { since: Date | number | null }) {
  const w = useWords(WORDS);
  const { zone } = useZone();
  const now = useNow(1000);
  const last = since === null ? null : new Date(since);
  return (
    <div className={styles.stale} role="alert">
      <span className={styles.dot} aria-hidden="true" />
      <span>{last ? w.stale(span(now.getTime() - last.getTime(), w)) : w.staleNever}</span>
      {last && <span className={styles.last}>{w.last(clockWithSeconds(last, zone))}</span>}
    </div>
  );
}
