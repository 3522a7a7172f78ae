import { useWords } from '../../language';
import { clockWithSeconds, useZone } from '../../time';
import { metresText } from './measuring';
import styles from './tools.module.css';
import { trailFacts, type Trails } from './trails';
import { TOOL_WORDS } from './words';

/** A mover's last minutes in words; the way itself is on the map. */
export function TrailSection({ id, trails }: { id: string; trails: Trails }) {
  const w = useWords(TOOL_WORDS);
  const { zone } = useZone();
  const points = trails.of(id);
  const facts = trailFacts(points);
  return (
    <section className={styles.history} data-testid="trail" aria-label={w.trail}>
      <h3>
        {w.trail}
        <small>{w.trailPoints(points.length)}</small>
      </h3>
      <p className={styles.small}>
        {facts
          ? w.trailFacts(facts.minutes.toFixed(1), metresText(facts.metres), (facts.meanMps * 3.6).toFixed(1))
          : w.trailNone}
        {facts && ` · ${clockWithSeconds(new Date(points[0]!.fixMs), zone)}–${clockWithSeconds(new Date(points.at(-1)!.fixMs), zone)}`}
      </p>
      <p className={styles.small}>{w.trailNote}</p>
    </section>
  );
}
