import { useLanguage, useWords } from '../../language';
import { stamp, useZone } from '../../time';
import { Row } from '../MoverCard';
import type { Fence } from './fences';
import styles from './tools.module.css';
import { TOOL_WORDS } from './words';

/** What restricts a place now; nothing when nothing does. */
export function Restricted({ fences, open }: { fences: readonly Fence[]; open: (fence: Fence) => void }) {
  const w = useWords(TOOL_WORDS);
  const { language } = useLanguage();
  const { zone } = useZone();
  return fences.map((fence) => (
    <Row key={fence.id} name={w.restricted}>
      <button type="button" className={styles.link} onClick={() => open(fence)}>
        {w.closedHere(fence[language], fence.validTo ? stamp(new Date(fence.validTo), zone) : w.noEnd)}
      </button>
    </Row>
  ));
}
