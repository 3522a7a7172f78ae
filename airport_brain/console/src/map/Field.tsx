import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Nothing, Stale } from '../states';
import { useFeed } from '../gateway/feeds';
import { useWords } from '../language';
import { Cards } from './Cards';
import type { Counts } from './filters';
import type { LonLat } from './geodesy';
import { Instruments, type Readouts } from './Instruments';
import type { Airport, AirportSummary } from './layers';
import styles from './map.module.css';
import { Panel } from './Panel';
import type { Shown } from './permalink';
import type { Found } from './search';
import type { Watching } from './scene';
import { useLive } from './useLive';
import { useParked } from './useParked';
import { useScene } from './useScene';
import { WORDS } from './words';

interface Props {
  airport: Airport;
  airports: AirportSummary[];
  shown: Shown;
  change: (change: Partial<Shown>) => void;
  /** Counts the links that were followed in the open page. */
  followed: number;
}

const NO_COUNTS: Counts = { byFleet: {}, total: 0, stale: 0, moving: 0 };
const CLOSE_ZOOM = 16.8;

/** The map with its panel, cards and instruments. */
export function Field({ airport, airports, shown, change, followed }: Props) {
  const w = useWords(WORDS);
  const [counts, setCounts] = useState(NO_COUNTS);
  const readouts = useRef<Readouts>(null);
  const container = useRef<HTMLDivElement>(null);
  const icao = useRef(airport.manifest.icao);
  icao.current = airport.manifest.icao;
  const threeNow = useRef(shown.three);
  threeNow.current = shown.three;

  const watching = useMemo<Watching>(
    () => ({
      onView: (view) => change({ view, airport: icao.current }),
      onCounts: setCounts,
      onCamera: (bearing, metresPerPixel) => readouts.current?.camera(bearing, metresPerPixel),
      onPointer: (at) => readouts.current?.pointer(at),
      onDrag: () => change({ following: false }),
      onPick: (picked) =>
        change({
          mover: picked && 'mover' in picked ? picked.mover : '',
          stand: picked && 'stand' in picked ? picked.stand : '',
          thing: picked && 'thing' in picked ? picked.thing : '',
          following: false,
        }),
    }),
    [change],
  );
  const { scene, failed, reselect } = useScene(container, airport, shown, followed, watching);
  const live = useLive(scene, reselect);
  useFeed('map', live.state);
  const parked = useParked(airport, scene);

  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement) return;
      if (event.key === '3') change({ three: !threeNow.current });
      if (event.key !== 'Escape') return;
      change({ mover: '', stand: '', thing: '', following: false });
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [change]);

  const goTo = useCallback((at: LonLat) => scene?.goTo(at, CLOSE_ZOOM), [scene]);
  const open = useCallback(
    (found: Found) => {
      if (found.kind === 'vehicle') {
        const at = scene ? scene.motion.find(found.id) : -1;
        change({ mover: found.id, stand: '', thing: '', following: true });
        if (scene?.motion.placed(at)) goTo([scene.motion.lon[at]!, scene.motion.lat[at]!]);
        return;
      }
      const isStand = found.kind === 'stand';
      change({
        mover: '',
        following: false,
        stand: isStand ? found.key : '',
        thing: isStand ? '' : found.id,
      });
      if (found.at) goTo(found.at);
    },
    [change, goTo, scene],
  );

  if (failed) return <Nothing text={w.noWebGl} />;
  return (
    <div className={styles.field}>
      <div ref={container} className={styles.map} data-testid="map" />
      {live.state === 'lost' && (
        <div className={styles.banner}>
          <Stale since={live.heardAt} />
        </div>
      )}
      <Panel
        airport={airport}
        airports={airports}
        shown={shown}
        change={change}
        counts={counts}
        scene={scene}
        open={open}
      />
      <Cards
        airport={airport}
        shown={shown}
        change={change}
        scene={scene}
        goTo={goTo}
        parked={parked}
      />
      <Instruments
        ref={readouts}
        airport={airport}
        scene={scene}
        live={live}
        counts={counts}
        three={shown.three}
        setThree={(three) => change({ three })}
      />
    </div>
  );
}
