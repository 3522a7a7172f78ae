import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { Flight } from '../api/types';
import { Problem } from '../gateway/client';
import { useWords } from '../language';
import { isTyping } from '../shell/keys';
import { Failed, Loading, Nothing, Stale } from '../states';
import { span, useNow, useZone } from '../time';
import { BoardTable } from './BoardTable';
import { airportsOf, counts, NO_FILTER, selected } from './filter';
import type { Filter, Order } from './filter';
import styles from './page.module.css';
import { Toolbar } from './Toolbar';
import { useBoard } from './useBoard';
import type { LiveBoard } from './useBoard';
import { WORDS } from './words';

const FlightDrawer = lazy(() => import('./FlightDrawer'));

const MINUTE_MS = 60_000;

/** The flight board: live, one list for all airports whose messages arrive. */
export default function FlightsPage() {
  const live = useBoard();
  const [path, navigate] = useLocation();
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [order, setOrder] = useState<Order>({ key: 'time', down: false });
  const [toNow, setToNow] = useState(0);
  const { zone } = useZone();
  const now = useNow(MINUTE_MS / 6);

  const { flights, changes, known } = live.board;
  const airports = useMemo(() => airportsOf(flights.values()), [flights]);
  const counted = useMemo(() => counts(flights.values(), filter), [flights, filter]);
  const shown = useMemo(
    () => selected(flights.values(), filter, order),
    [flights, filter, order],
  );

  const change = useCallback(
    (part: Partial<Filter>) => setFilter((before) => ({ ...before, ...part })),
    [],
  );
  const open = useCallback(
    (flight: Flight) => navigate(`/flights/${encodeURIComponent(flight.id)}`),
    [navigate],
  );
  const openId = decodeURIComponent(path.split('/')[2] ?? '');
  const close = useCallback(() => navigate('/flights'), [navigate]);
  useEscape(openId !== '', close);

  return (
    <div className={styles.page}>
      <Toolbar
        filter={filter}
        change={change}
        airports={airports}
        counts={counted}
        toNow={() => {
          setOrder({ key: 'time', down: false });
          setToNow((count) => count + 1);
        }}
      />
      {live.state === 'lost' && known && <Stale since={live.heardAt} />}
      <div className={styles.board}>
        {shown.length > 0 ? (
          <BoardTable
            flights={shown}
            changes={changes}
            order={order}
            setOrder={setOrder}
            zone={zone}
            now={now}
            stale={live.state === 'lost'}
            open={open}
            opened={openId}
            toNow={toNow}
          />
        ) : (
          <Instead live={live} clear={() => setFilter(NO_FILTER)} />
        )}
      </div>
      <Foot live={live} shown={shown.length} />
      {openId && (
        <Suspense fallback={null}>
          <FlightDrawer
            id={openId}
            updatedAt={flights.get(openId)?.updated_at ?? ''}
            close={close}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Close on Esc, wherever the focus is, unless a field has a use for it. */
function useEscape(on: boolean, close: () => void): void {
  useEffect(() => {
    if (!on) return;
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !isTyping(event.target)) close();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [on, close]);
}

/** What stands in place of rows when there are none. */
function Instead({ live, clear }: { live: LiveBoard; clear: () => void }) {
  const w = useWords(WORDS);
  if (!live.board.known) {
    return live.state === 'lost' ? <Failed error={new Problem(0, 'lost', '')} /> : <Loading />;
  }
  if (live.board.flights.size === 0) return <Nothing text={w.empty} />;
  return (
    <Nothing text={w.noMatch}>
      <button type="button" className={styles.clear} onClick={clear}>
        {w.clear}
      </button>
    </Nothing>
  );
}

function Foot({ live, shown }: { live: LiveBoard; shown: number }) {
  const w = useWords(WORDS);
  const { zone, setZone } = useZone();
  const now = useNow(1000);
  const { board } = live;
  if (!board.known) return null;
  const age = board.lastMessageAt && now.getTime() - Date.parse(board.lastMessageAt);
  return (
    <footer className={styles.foot}>
      <span>{w.shown(shown, board.flights.size)}</span>
      {board.total > board.flights.size && (
        <span className={styles.cut}>{w.cut(board.flights.size)}</span>
      )}
      <span className={styles.end}>
        {age === null || age === '' ? w.noMessage : w.lastMessage(span(age, w))}
      </span>
      <button
        type="button"
        title={zone === 'utc' ? w.shanghaiHint : w.utcHint}
        onClick={() => setZone(zone === 'utc' ? 'shanghai' : 'utc')}
      >
        {zone === 'utc' ? w.inUtc : w.inShanghai}
      </button>
    </footer>
  );
}
