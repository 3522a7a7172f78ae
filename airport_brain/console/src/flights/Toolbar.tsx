import { useLanguage, useWords } from '../language';
import { Choice } from '../parts/Choice';
import { SearchField } from '../parts/SearchField';
import { placeName } from '../places/names';
import { useZone } from '../time';
import type { Counts, Filter } from './filter';
import { PHASES } from './phase';
import styles from './toolbar.module.css';
import { WORDS } from './words';

export interface ToolbarProps {
  filter: Filter;
  change: (part: Partial<Filter>) => void;
  airports: readonly string[];
  counts: Counts;
  toNow: () => void;
}

/** Everything that narrows the board down. */
export function Toolbar(props: ToolbarProps) {
  const { filter, change } = props;
  const w = useWords(WORDS);
  const { zone, setZone } = useZone();
  return (
    <div className={styles.toolbar}>
      <div className={styles.line}>
        <div className={styles.filters}>
          <Choice
            label={w.direction}
            value={filter.direction}
            choose={(direction) => change({ direction })}
            options={[
              { value: 'all', text: w.all },
              { value: 'arrival', text: w.arrival },
              { value: 'departure', text: w.departure },
            ]}
          />
          <Airports {...props} />
        </div>
        <SearchField
          label={w.search}
          hint={w.searchHint}
          value={filter.search}
          change={(search) => change({ search })}
        />
        <span className={styles.space} />
        <button type="button" className={styles.button} onClick={props.toNow}>
          {w.toNow}
        </button>
        <div className={styles.zone}>
          <Choice
            label={w.zone}
            value={zone}
            choose={setZone}
            options={[
              { value: 'shanghai', text: w.shanghai, hint: w.shanghaiHint },
              { value: 'utc', text: w.utc, hint: w.utcHint },
            ]}
          />
        </div>
      </div>
      <Phases {...props} />
    </div>
  );
}

/** Shown when the data hold more than one airport's view; a list when they hold many. */
function Airports({ airports, filter, change }: ToolbarProps) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  if (airports.length < 2) return null;
  const named = (code: string): string => placeName(code, language);
  if (airports.length <= 4) {
    return (
      <Choice
        label={w.airport}
        value={filter.airport}
        choose={(airport) => change({ airport })}
        options={[
          { value: '', text: w.all, hint: w.allAirports },
          ...airports.map((code) => ({ value: code, text: code, hint: named(code) })),
        ]}
      />
    );
  }
  return (
    <select
      className={styles.select}
      aria-label={w.airport}
      value={filter.airport}
      onChange={(event) => change({ airport: event.target.value })}
    >
      <option value="">{w.allAirports}</option>
      {airports.map((code) => (
        <option key={code} value={code}>
          {`${code} ${named(code)}`}
        </option>
      ))}
    </select>
  );
}

/** The phases with how many flights are in each; a second press takes the filter off. */
function Phases({ filter, change, counts }: ToolbarProps) {
  const w = useWords(WORDS);
  return (
    <div className={styles.phases} role="group" aria-label={w.status}>
      {(['all', ...PHASES] as const).map((phase) => (
        <button
          key={phase}
          type="button"
          className={styles.phase}
          data-tone={phase}
          aria-pressed={filter.phase === phase}
          onClick={() => change({ phase: filter.phase === phase ? 'all' : phase })}
        >
          <span className={styles.word}>{w[phase]}</span>
          <strong>{counts[phase]}</strong>
        </button>
      ))}
      <span className={styles.rule} aria-hidden="true" />
      <button
        type="button"
        className={styles.phase}
        data-tone="late"
        title={w.lateHint}
        aria-pressed={filter.lateOnly}
        onClick={() => change({ lateOnly: !filter.lateOnly })}
      >
        <span className={styles.word}>{w.late}</span>
        <strong>{counts.late}</strong>
      </button>
    </div>
  );
}
