import { useLanguage, useWords } from '../../language';
import type { Counts } from '../filters';
import { FleetIcon } from '../FleetIcon';
import { FLEET_NAMES, FLEETS } from '../fleets';
import type { Airport } from '../layers';
import { LIGHT } from '../palette';
import type { Shown } from '../permalink';
import { WORDS } from '../words';
import type { Fence } from './fences';
import styles from './print.module.css';
import { looksOf, PURPOSE_WORDS } from './purposes';
import { Swatch } from './Swatch';
import { TOOL_WORDS } from './words';

/** Colours of the ground by layer, as on the light map. */
const GROUND: readonly [layer: string, colour: string][] = [
  ['runway', LIGHT.runway],
  ['taxiway', LIGHT.taxiway],
  ['apron', LIGHT.apron],
  ['stand', LIGHT.standFill],
  ['service_road', LIGHT.road],
  ['building', LIGHT.terminal],
  ['grass', LIGHT.grass],
  ['hold_line', LIGHT.hold],
];

interface Props {
  airport: Airport;
  shown: Shown;
  counts: Counts;
  fences: readonly Fence[];
}

/** What the colours and marks of the printed picture mean: only of what is on it. */
export function PrintLegend({ airport, shown, counts, fences }: Props) {
  const w = useWords(TOOL_WORDS);
  const map = useWords(WORDS);
  const { language } = useLanguage();
  const purposes: Record<string, string> = useWords(PURPOSE_WORDS);
  const layers = new Map(airport.manifest.layers.map((layer) => [layer.name, layer]));
  const kinds = [...new Set(fences.map(({ purpose }) => purpose))];
  const fleets = FLEET_NAMES.filter((name) => counts.byFleet[name] && !shown.fleetsOff.includes(name));
  return (
    <aside className={styles.legend}>
      <h2>{w.legend}</h2>
      <ul>
        {GROUND.filter(([name]) => layers.has(name) && !shown.hidden.includes(name)).map(([name, colour]) => (
          <li key={name}>
            <i style={{ background: colour }} data-thin={name === 'hold_line'} />
            {layers.get(name)![`title_${language}`]}
          </li>
        ))}
        {kinds.map((purpose) => (
          <li key={purpose}>
            <Swatch {...looksOf(purpose)} />
            {purposes[purpose] ?? purpose}
          </li>
        ))}
        {fleets.map((name) => (
          <li key={name}>
            <FleetIcon fleet={name} />
            {FLEETS[name]![language]} <b>{counts.byFleet[name]}</b>
          </li>
        ))}
        {counts.stale > 0 && (
          <li>
            <FleetIcon fleet="other" stale />
            {w.staleIs} <b>{counts.stale}</b>
          </li>
        )}
      </ul>
      <p>{map.onField(String(counts.total), String(counts.moving))}</p>
    </aside>
  );
}
