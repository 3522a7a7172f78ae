import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Nothing, Stale } from '../states';
import { useFeed } from '../gateway/feeds';
import { useWords } from '../language';
import { useTellKeys } from '../shell/screenKeys';
import { Cards } from './Cards';
import type { Counts } from './filters';
import type { LonLat } from './geodesy';
import { Instruments, type Readouts } from './Instruments';
import { keyActs } from './keyActs';
import type { Airport, AirportSummary } from './layers';
import styles from './map.module.css';
import { busyWith, Notes } from './Notes';
import { FENCES, Panel } from './Panel';
import type { Shown } from './permalink';
import { placeOf } from './placeOf';
import type { Found } from './search';
import type { Watching } from './scene';
import type { Fence } from './tools/fences';
import { useKeyRows } from './tools/keyRows';
import { boundsOf } from './tools/places';
import { PrintSheet } from './tools/PrintSheet';
import { Said } from './tools/Said';
import { ToolPanels } from './tools/ToolPanels';
import { useDrawnMark } from './tools/useDrawnMark';
import { useEdits } from './tools/useEdits';
import { useFences } from './tools/useFences';
import { useFencesDrawn } from './tools/useFencesDrawn';
import { useMapKeys } from './tools/useMapKeys';
import { usePrint } from './tools/usePrint';
import { useTools } from './tools/useTools';
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
  /** Code of an airport that was asked for and is not there; "" for none. */
  missing: string;
}

const NO_COUNTS: Counts = { byFleet: {}, total: 0, stale: 0, moving: 0 };
const CLOSE_ZOOM = 16.8;
const NOTHING_CHOSEN = { mover: '', stand: '', thing: '', following: false };

/** The map with its panel, cards, tools and instruments. */
export function Field({ airport, airports, shown, change, followed, missing }: Props) {
  const w = useWords(WORDS);
  const [counts, setCounts] = useState(NO_COUNTS);
  const [note, setNote] = useState('');
  useEffect(() => setNote(missing && w.noAirport(missing)), [missing, w]);
  const readouts = useRef<Readouts>(null);
  const container = useRef<HTMLDivElement>(null);
  const { icao } = airport.manifest;
  const icaoNow = useRef(icao);
  icaoNow.current = icao;
  const wantedNow = useRef('');
  wantedNow.current = shown.airport;
  /** Whether clicks belong to a tool. */
  const drawing = useRef(false);

  const watching = useMemo<Watching>(
    () => ({
      // A link to another airport moves the camera before that airport has come.
      onView: (view) => change({ view, airport: wantedNow.current || icaoNow.current }),
      onCounts: setCounts,
      onCamera: (bearing, metresPerPixel) => readouts.current?.camera(bearing, metresPerPixel),
      onPointer: (at) => readouts.current?.pointer(at),
      onDrag: () => change({ following: false }),
      onPick: (picked) => {
        if (!drawing.current) change({ ...NOTHING_CHOSEN, ...picked });
      },
    }),
    [change],
  );
  const { scene, failed, reselect } = useScene(container, airport, shown, followed, watching);
  const live = useLive(scene, reselect);
  useFeed('map', live.state);
  const parked = useParked(airport, scene);
  const fences = useFences(icao);
  const edits = useEdits(icao, fences.refresh);
  const tools = useTools(scene);
  drawing.current = tools.tool !== null;
  const printing = usePrint(scene, shown, tools);
  const drawn = useDrawnMark(scene);
  useFencesDrawn(scene, fences, shown.hidden.includes(FENCES));
  useTellKeys(useKeyRows());
  useMapKeys(keyActs({ scene, airport, shown, change, tools, edits, print: printing.print }), drawing.current);

  // A tool is put down where its drawing would mean nothing.
  const { take } = tools;
  useEffect(() => take(null), [take, icao]);

  const goTo = useCallback((at: LonLat) => scene?.goTo(at, CLOSE_ZOOM), [scene]);
  const openFence = useCallback(
    (fence: Fence) => {
      change({ ...NOTHING_CHOSEN, thing: fence.id });
      goTo(boundsOf(fence.geometry).middle);
    },
    [change, goTo],
  );
  const open = useCallback(
    (found: Found) => {
      const { chosen, at } = placeOf(found, scene);
      setNote(chosen ? '' : w.flightNoPlace(found.key));
      if (!chosen) return;
      change({ ...NOTHING_CHOSEN, ...chosen });
      if (at) goTo(at);
    },
    [change, goTo, scene, w],
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
      <Notes busy={busyWith(shown.airport, icao, drawn, w)} note={note} close={() => setNote('')} />
      <Panel
        airport={airport}
        airports={airports}
        shown={shown}
        change={change}
        counts={counts}
        scene={scene}
        open={open}
        fences={fences}
        openFence={openFence}
      />
      {tools.tool === null && (
        <Cards
          airport={airport}
          shown={shown}
          change={change}
          scene={scene}
          goTo={goTo}
          parked={parked}
          fences={fences}
          openFence={openFence}
          edits={edits}
          tools={tools}
        />
      )}
      <ToolPanels
        airport={airport}
        scene={scene}
        tools={tools}
        edits={edits}
        saved={(thing) => change({ ...NOTHING_CHOSEN, thing })}
      />
      <Said edits={edits} />
      <Instruments
        ref={readouts}
        airport={airport}
        scene={scene}
        live={live}
        counts={counts}
        three={shown.three}
        setThree={(three) => change({ three })}
        tools={tools}
        print={printing.print}
      />
      <PrintSheet
        printing={printing}
        airport={airport}
        shown={shown}
        counts={counts}
        fences={fences}
        live={live}
      />
    </div>
  );
}
