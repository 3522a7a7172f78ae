import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useLanguage, useWords } from '../language';
import { clock, useZone } from '../time';
import type { GateJourney, Roster } from './api';
import styles from './gate.module.css';
import { boarded, flightsOf, matching, ordered } from './roster';
import { WORDS } from './words';

interface Props {
  roster: Roster;
  chosen: string;
  choose: (journey: GateJourney) => void;
  disabled: boolean;
}

/** Who boards here: masked names with seat and sequence, chosen by touch or by keys. */
export function RosterList({ roster, chosen, choose, disabled }: Props) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { zone } = useZone();
  const [text, setText] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const all = useMemo(() => ordered(roster.items), [roster]);
  const flights = useMemo(() => flightsOf(roster.items), [roster]);
  const found = matching(all, text);

  const moved = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const rows = Array.from(list.current?.querySelectorAll('button') ?? []);
    const now = rows.indexOf(document.activeElement as HTMLButtonElement);
    rows[Math.max(0, Math.min(rows.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
    event.preventDefault();
  };

  const take = (journey: GateJourney): void => {
    setText('');
    choose(journey);
  };

  return (
    <div className={styles.roster} onKeyDown={moved}>
      {flights.map((flight) => (
        <header key={flight.flight + flight.std} className={styles.flight}>
          <strong>{flight.flight}</strong>
          <span>
            {w.to} {flight.destination}
          </span>
          <span>
            {w.departs} {clock(new Date(flight.std), zone)}
          </span>
          {flight.status && <em>{flight.status[language]}</em>}
          <small>{w.boardedOf(String(flight.boarded), String(flight.total))}</small>
        </header>
      ))}
      {all.length > 0 && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (found.length === 1) take(found[0]!);
          }}
        >
          <input
            type="search"
            data-screen-search
            className={styles.find}
            aria-label={w.find}
            placeholder={w.find}
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </form>
      )}
      {found.length === 0 && (
        <p className={styles.nobody}>{all.length === 0 ? w.nobody : w.nobodyFound}</p>
      )}
      <ul ref={list}>
        {found.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              disabled={disabled}
              aria-pressed={one.id === chosen}
              data-boarded={boarded(one)}
              onClick={() => take(one)}
            >
              <b className={styles.seat}>{one.seat || '–'}</b>
              <span className={styles.name}>{one.name_masked}</span>
              <span className={styles.mark}>
                {boarded(one) ? w.boarded : one.enrolled ? '' : w.notEnrolled}
              </span>
              <small>{one.sequence === null ? '' : `${w.sequence} ${one.sequence}`}</small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
