import { useLanguage, useWords } from '../language';
import type { Airport } from './layers';
import styles from './map.module.css';
import type { Shown } from './permalink';
import { WORDS } from './words';

const FIELD = ['runway', 'taxiway', 'taxi_line', 'hold_line', 'apron', 'stand', 'service_road'];
const GROUND = ['building', 'facility', 'grass', 'boundary'];
const NAMES = [
  ['label.vehicle', 'labelVehicle'],
  ['label.stand', 'labelStand'],
  ['label.taxiway', 'labelTaxiway'],
  ['label.runway', 'labelRunway'],
  ['label.place', 'labelPlace'],
] as const;

interface Props {
  airport: Airport;
  hidden: readonly string[];
  change: (change: Partial<Shown>) => void;
}

interface Item {
  name: string;
  title: string;
  count?: number;
}

/** Layers in groups; a group's own box switches all of it. */
export function LayerTree({ airport, hidden, change }: Props) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const known = new Map(airport.manifest.layers.map((layer) => [layer.name, layer]));
  const pick = (names: readonly string[]): Item[] =>
    names.flatMap((name) => {
      const layer = known.get(name);
      if (!layer) return [];
      return [{ name, title: language === 'zh' ? layer.title_zh : layer.title_en, count: layer.count }];
    });
  const groups = [
    { title: w.groupField, items: pick(FIELD) },
    { title: w.groupGround, items: [...pick(GROUND), { name: 'parked', title: w.parked }] },
    { title: w.groupNames, items: NAMES.map(([name, word]): Item => ({ name, title: w[word] })) },
  ];
  return (
    <section aria-label={w.layers}>
      <header className={styles.sectionHead}>
        <h2>{w.layers}</h2>
      </header>
      {groups.map(({ title, items }) => (
        <Group key={title} title={title} items={items} hidden={hidden} change={change} />
      ))}
    </section>
  );
}

function Group({
  title,
  items,
  hidden,
  change,
}: {
  title: string;
  items: Item[];
  hidden: readonly string[];
  change: (change: Partial<Shown>) => void;
}) {
  const off = items.filter(({ name }) => hidden.includes(name));
  const set = (names: readonly string[], visible: boolean): void => {
    const others = hidden.filter((name) => !names.includes(name));
    change({ hidden: visible ? others : [...others, ...names] });
  };
  return (
    <details className={styles.group}>
      <summary>
        <input
          type="checkbox"
          aria-label={title}
          checked={off.length === 0}
          ref={(box) => {
            if (box) box.indeterminate = off.length > 0 && off.length < items.length;
          }}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) => set(items.map(({ name }) => name), event.target.checked)}
        />
        {title}
      </summary>
      <ul>
        {items.map(({ name, title: text, count }) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={!hidden.includes(name)}
                onChange={(event) => set([name], event.target.checked)}
              />
              <span>{text}</span>
              {count !== undefined && <b>{count}</b>}
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
