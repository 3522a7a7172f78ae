import { useLanguage, useWords } from '../language';
import { chooseWithArrows } from '../parts/radios';
import { AirportList } from './AirportList';
import { ordered, shortName, SIDE_BY_SIDE } from './choosing';
import type { AirportSummary } from './layers';
import styles from './map.module.css';
import { WORDS } from './words';

interface Props {
  airports: readonly AirportSummary[];
  icao: string;
  choose: (icao: string) => void;
}

/** Which airport is shown: a few beside each other, many in a list. */
export function AirportPicker({ airports, icao, choose }: Props) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const all = ordered(airports);
  if (all.length > SIDE_BY_SIDE) return <AirportList airports={all} icao={icao} choose={choose} />;
  return (
    <div className={styles.airports} role="radiogroup" aria-label={w.airport} onKeyDown={chooseWithArrows}>
      {all.map((one) => (
        <button
          key={one.icao}
          type="button"
          role="radio"
          aria-checked={one.icao === icao}
          tabIndex={one.icao === icao ? 0 : -1}
          title={language === 'zh' ? one.name_zh : one.name_en}
          onClick={() => choose(one.icao)}
        >
          {shortName(one, language)}
          <small>{one.iata || one.icao}</small>
        </button>
      ))}
    </div>
  );
}
