import { useLanguage, useWords } from '../../language';
import { useNow } from '../../time';
import { ageText } from '../age';
import mapStyles from '../map.module.css';
import { WORDS } from '../words';
import type { Fence } from './fences';
import { looksOf, PURPOSE_WORDS } from './purposes';
import { Swatch } from './Swatch';
import styles from './tools.module.css';
import type { Fences } from './useFences';
import { TOOL_WORDS } from './words';

interface Props {
  fences: Fences;
  hidden: boolean;
  setHidden: (hidden: boolean) => void;
  open: (fence: Fence) => void;
}

/** Restrictions and fences in force, with a switch for all of them. */
export function FenceList({ fences, hidden, setHidden, open }: Props) {
  const w = useWords(TOOL_WORDS);
  const { language } = useLanguage();
  const purposes: Record<string, string> = useWords(PURPOSE_WORDS);
  const items = fences.items ?? [];
  return (
    <section aria-label={w.fences} data-testid="fences">
      <header className={mapStyles.sectionHead}>
        <h2>
          <label className={styles.switch}>
            <input type="checkbox" checked={!hidden} onChange={(event) => setHidden(!event.target.checked)} />
            {w.fences}
          </label>
        </h2>
        <span>{fences.items === null ? '' : String(items.length)}</span>
      </header>
      <State fences={fences} />
      <ul className={styles.fenceList}>
        {items.map((fence) => (
          <li key={fence.id}>
            <button type="button" onClick={() => open(fence)}>
              <Swatch {...looksOf(fence.purpose)} />
              <span>{fence[language]}</span>
              <small>{purposes[fence.purpose] ?? fence.purpose}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Loading, failed, old, none. */
function State({ fences: { items, error, askedAt, refresh } }: { fences: Fences }) {
  const w = useWords(TOOL_WORDS);
  const map = useWords(WORDS);
  const now = useNow(1000);
  if (error !== null) {
    const age = askedAt === null ? null : ageText(Math.max(0, (now.getTime() - askedAt) / 1000), map);
    return (
      <p className={styles.refused} role="alert">
        {age === null ? w.fencesFailed : w.fencesOld(age)}{' '}
        <button type="button" onClick={refresh}>
          ↻
        </button>
      </p>
    );
  }
  if (items === null) return <p className={styles.small}>{w.fencesLoading}</p>;
  return items.length === 0 ? <p className={styles.small}>{w.fencesNone}</p> : null;
}
