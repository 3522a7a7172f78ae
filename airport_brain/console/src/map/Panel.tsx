import { useState } from 'react';
import { useWords } from '../language';
import { AirportPicker } from './AirportPicker';
import type { Counts } from './filters';
import { LayerTree } from './LayerTree';
import type { Airport, AirportSummary } from './layers';
import { Legend } from './Legend';
import styles from './map.module.css';
import type { Shown } from './permalink';
import type { Scene } from './scene';
import type { Found } from './search';
import { SearchBox } from './SearchBox';
import { FenceList } from './tools/FenceList';
import type { Fence } from './tools/fences';
import type { Fences } from './tools/useFences';
import { WORDS } from './words';

interface Props {
  airport: Airport;
  airports: AirportSummary[];
  shown: Shown;
  change: (change: Partial<Shown>) => void;
  counts: Counts;
  scene: Scene | null;
  open: (found: Found) => void;
  fences: Fences;
  openFence: (fence: Fence) => void;
}

/** Switches all fences, like a layer. */
export const FENCES = 'fences';

/** The panel at the left: airport, search, fleets, fences, layers. */
export function Panel({ airport, airports, shown, change, counts, scene, open, fences, openFence }: Props) {
  const w = useWords(WORDS);
  const [folded, setFolded] = useState(() => window.innerWidth < 720);
  const label = folded ? w.showPanel : w.hidePanel;
  return (
    <aside className={styles.panel} data-folded={folded} aria-label={w.panel}>
      <div className={styles.panelHead}>
        <AirportPicker
          airports={airports}
          icao={airport.manifest.icao}
          choose={(icao) =>
            change({ airport: icao, view: null, stand: '', thing: '', mover: '', following: false })
          }
        />
        <button
          type="button"
          className={styles.fold}
          aria-expanded={!folded}
          aria-label={label}
          title={label}
          onClick={() => setFolded(!folded)}
        >
          {folded ? '›' : '‹'}
        </button>
      </div>
      {!folded && (
        <>
          <SearchBox airport={airport} scene={scene} open={open} />
          <div className={styles.panelBody}>
            <Legend counts={counts} off={shown.fleetsOff} only={shown.only} change={change} />
            <FenceList
              fences={fences}
              hidden={shown.hidden.includes(FENCES)}
              setHidden={(hidden) => change({ hidden: without(shown.hidden, FENCES, hidden) })}
              open={openFence}
            />
            <LayerTree airport={airport} hidden={shown.hidden} change={change} />
          </div>
        </>
      )}
    </aside>
  );
}

/** A list with or without a name. */
function without(names: readonly string[], name: string, has: boolean): string[] {
  const others = names.filter((one) => one !== name);
  return has ? [...others, name] : others;
}
