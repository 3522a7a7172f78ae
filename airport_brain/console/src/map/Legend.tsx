import { useLanguage, useWords } from '../language';
import { chooseWithArrows } from '../parts/radios';
import type { Counts } from './filters';
import { FleetIcon } from './FleetIcon';
import { FLEET_NAMES, FLEETS } from './fleets';
import styles from './map.module.css';
import type { Shown } from './permalink';
import { ONLY, type Only } from './tools/only';
import { WORDS } from './words';

interface Props {
  counts: Counts;
  off: readonly string[];
  only: Only;
  change: (change: Partial<Shown>) => void;
}

/** Who is on the field, by fleet; each fleet can be switched. */
export function Legend({ counts, off, only, change }: Props) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const fleets = FLEET_NAMES.filter((name) => name !== 'aircraft' || counts.byFleet.aircraft);
  const words: Record<Only, string> = {
    '': w.onlyAll,
    moving: w.onlyMoving,
    standing: w.onlyStanding,
    stale: w.onlyStale,
  };
  const toggle = (fleet: string): void =>
    change({
      fleetsOff: off.includes(fleet) ? off.filter((one) => one !== fleet) : [...off, fleet],
    });
  return (
    <section aria-label={w.vehicles}>
      <header className={styles.sectionHead}>
        <h2>{w.vehicles}</h2>
        <span>{w.onField(String(counts.total), String(counts.moving))}</span>
        <button type="button" onClick={() => change({ fleetsOff: [] })}>
          {w.all}
        </button>
        <button type="button" onClick={() => change({ fleetsOff: [...FLEET_NAMES] })}>
          {w.none}
        </button>
      </header>
      <div className={styles.only} role="radiogroup" aria-label={w.onlyLabel} onKeyDown={chooseWithArrows}>
        {ONLY.map((one) => (
          <button
            key={one}
            type="button"
            role="radio"
            aria-checked={one === only}
            tabIndex={one === only ? 0 : -1}
            onClick={() => change({ only: one })}
          >
            {words[one]}
          </button>
        ))}
      </div>
      <ul className={styles.fleets}>
        {fleets.map((name) => (
          <li key={name}>
            <label>
              <input type="checkbox" checked={!off.includes(name)} onChange={() => toggle(name)} />
              <FleetIcon fleet={name} />
              <span>{FLEETS[name]![language]}</span>
              <b>{counts.byFleet[name] ?? 0}</b>
            </label>
          </li>
        ))}
      </ul>
      <p className={styles.staleLegend}>
        <FleetIcon fleet="other" stale />
        {w.staleLegend(String(counts.stale))}
      </p>
      {(only !== '' || off.length > 0) && (
        <p className={styles.filtered} role="status">
          {w.filtered}
        </p>
      )}
    </section>
  );
}
