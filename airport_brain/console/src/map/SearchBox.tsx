import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useLanguage, useWords } from '../language';
import type { Airport } from './layers';
import styles from './map.module.css';
import type { Scene } from './scene';
import { placesOf, search, type Found } from './search';
import { useFlightsFound } from './useFlightsFound';
import { WORDS } from './words';

const KIND_WORD = {
  stand: 'kindStand',
  gate: 'kindGate',
  flight: 'kindFlight',
  vehicle: 'kindVehicle',
  building: 'kindBuilding',
  facility: 'kindFacility',
  taxiway: 'kindTaxiway',
  runway: 'kindRunway',
} as const;

interface Props {
  airport: Airport;
  scene: Scene | null;
  open: (found: Found) => void;
}

/** Finds a stand, a gate, a flight, a vehicle, a taxiway or a building and goes there. */
export function SearchBox({ airport, scene, open }: Props) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [shown, setShown] = useState(false);
  const [at, setAt] = useState(0);
  const places = useMemo(() => placesOf(airport.layers), [airport]);
  const stands = useMemo(
    () => new Map(places.flatMap(({ kind, key, at: place }) => (kind === 'stand' && place ? [[key, place]] : []))),
    [places],
  );
  const flights = useFlightsFound(shown ? text : '', airport.manifest.iata, stands);
  const found = shown ? search(text, places, scene?.motion.names ?? [], flights) : [];

  const take = (one: Found | undefined): void => {
    if (!one) return;
    open(one);
    setText(one.key);
    setShown(false);
    field.current?.blur();
  };

  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') take(found[at]);
    else if (event.key === 'Escape') {
      setShown(false);
      field.current?.blur();
    } else return;
    event.preventDefault();
  };

  return (
    <div className={styles.search}>
      <input
        ref={field}
        data-screen-search
        type="search"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
        aria-label={w.search}
        placeholder={w.search}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setShown(true);
          setAt(0);
        }}
        onFocus={() => setShown(true)}
        onBlur={() => setShown(false)}
        onKeyDown={pressed}
      />
      {shown && text.trim() !== '' && (
        <ul id={list} role="listbox" className={styles.found}>
          {found.length === 0 && <li className={styles.foundNothing}>{w.nothingFound}</li>}
          {found.map((one, row) => (
            <li
              key={`${one.kind}${one.id}`}
              id={`${list}-${row}`}
              role="option"
              aria-selected={row === at}
              onMouseEnter={() => setAt(row)}
              onMouseDown={(event) => {
                event.preventDefault();
                take(one);
              }}
            >
              <span>{one.kind === 'stand' ? one.key : language === 'zh' ? one.zh : one.en}</span>
              <small>{w[KIND_WORD[one.kind]]}</small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
