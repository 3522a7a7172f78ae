import { useWords } from '../language';
import styles from './map.module.css';
import { WORDS } from './words';

interface Props {
  /** What is being waited for, "" for nothing. */
  busy: string;
  /** What is to be known, until it is put away. */
  note: string;
  close: () => void;
}

/** Words for it. */
interface Waiting {
  fetching: (icao: string) => string;
  drawing: string;
}

/** Lines over the map: what it waits for, and what somebody asked for in vain. */
export function Notes({ busy, note, close }: Props) {
  const w = useWords(WORDS);
  return (
    <div className={styles.notes} role="status">
      {busy && (
        <p className={styles.note} data-testid="busy">
          {busy}
        </p>
      )}
      {note && (
        <p className={styles.note} data-testid="note">
          {note}
          <button type="button" aria-label={w.close} title={w.close} onClick={close}>
            ×
          </button>
        </p>
      )}
    </div>
  );
}

/** What the map waits for: another airport, or its first picture. */
export function busyWith(wanted: string, icao: string, drawn: boolean, w: Waiting): string {
  if (wanted && wanted !== icao) return w.fetching(wanted);
  return drawn ? '' : w.drawing;
}
