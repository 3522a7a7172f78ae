import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useLanguage, useWords } from '../language';
import { matching, shortName } from './choosing';
import type { AirportSummary } from './layers';
import styles from './map.module.css';
import { WORDS } from './words';

interface Props {
  airports: readonly AirportSummary[];
  icao: string;
  choose: (icao: string) => void;
}

/** Many airports: the one that is shown, and under it a list to search in. Keys: arrows, Enter, Escape. */
export function AirportList({ airports, icao, choose }: Props) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const open = text !== null;
  const now = airports.find((one) => one.icao === icao);
  const found = open ? matching(airports, text) : [];

  useEffect(() => {
    if (open) document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at, list, open]);

  const show = (): void => {
    setText((before) => before ?? '');
    setAt(Math.max(0, airports.findIndex((one) => one.icao === icao)));
  };
  const close = (): void => setText(null);
  const take = (one: AirportSummary | undefined): void => {
    if (!one) return;
    choose(one.icao);
    close();
    field.current?.blur();
  };
  const pressed = (event: KeyboardEvent): void => {
    const { key } = event;
    if (!open && ['ArrowDown', 'ArrowUp', 'Enter'].includes(key)) show();
    else if (key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
    else if (key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (key === 'Enter') take(found[at]);
    else if (key === 'Escape') {
      close();
      field.current?.blur();
    } else return;
    event.preventDefault();
  };

  return (
    <div className={styles.picker} data-testid="airport-list">
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-expanded={open}
        aria-controls={list}
        aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
        aria-label={w.airport}
        placeholder={w.findAirport}
        value={text ?? (now ? `${shortName(now, language)} ${now.iata || now.icao}` : icao)}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onFocus={show}
        onClick={show}
        onBlur={close}
        onKeyDown={pressed}
      />
      {open && (
        <ul id={list} role="listbox" aria-label={w.airport} className={styles.found}>
          {found.length === 0 && <li className={styles.foundNothing}>{w.nothingFound}</li>}
          {found.map((one, row) => (
            <li
              key={one.icao}
              id={`${list}-${row}`}
              role="option"
              aria-selected={row === at}
              onMouseEnter={() => setAt(row)}
              onMouseDown={(event) => {
                event.preventDefault();
                take(one);
              }}
            >
              <span>{shortName(one, language)}</span>
              <small>{[one.icao, one.iata].filter(Boolean).join(' · ')}</small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
