import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useLanguage, useWords } from '../language';
import type { Airport } from './layers';
import styles from './map.module.css';
import type { Scene } from './scene';
import { placesOf, search, type Found } from './search';
import { useFlightsFound, type FlightsFound } from './useFlightsFound';
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
  const found = shown ? search(text, places, scene?.motion.names ?? [], flights.found) : [];
  const unfolded = shown && text.trim() !== '';
  useInSight(unfolded ? `${list}-${at}` : '');

  const take = (one: Found | undefined): void => {
    if (!one) return;
    open(one);
    setText(one.key);
    setShown(false);
    field.current?.blur();
  };

  const pressed = (event: KeyboardEvent): void => {
    // What is still being composed, such as Chinese by its sounds, has these keys for itself.
    if (event.nativeEvent.isComposing) return;
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
        aria-expanded={unfolded}
        aria-autocomplete="list"
        autoComplete="off"
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
        onFocus={(event) => {
          // The answer before is replaced by what is typed next.
          event.target.select();
          setShown(true);
        }}
        onBlur={() => setShown(false)}
        onKeyDown={pressed}
      />
      {unfolded && (
        <div className={styles.found} data-testid="found">
          <ul id={list} role="listbox" aria-label={w.search}>
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
          <Told none={found.length === 0} flights={flights.state} />
        </div>
      )}
    </div>
  );
}

/** What the list of answers does not say: that there are none, or not yet all. */
function Told({ none, flights }: { none: boolean; flights: FlightsFound['state'] }) {
  const w = useWords(WORDS);
  const nothing = flights === 'asking' ? w.finding : w.nothingFound;
  return (
    <p className={styles.foundNothing} role="status">
      {[none && nothing, flights === 'failed' && w.flightsUnasked].filter(Boolean).join(' · ')}
    </p>
  );
}

/** Bring the answer that is chosen with keys into sight. */
function useInSight(id: string): void {
  useEffect(() => {
    if (id) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }, [id]);
}
