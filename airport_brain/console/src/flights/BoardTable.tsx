import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Flight } from '../api/types';
import { useWords } from '../language';
import { isTyping } from '../shell/keys';
import type { Zone } from '../time';
import type { Change } from './board';
import styles from './board.module.css';
import type { Order, SortKey } from './filter';
import { indexAt } from './filter';
import { Row, rowId } from './Row';
import { useSize } from './useSize';
import { scrollTo, windowOf } from './windowing';
import { WORDS } from './words';

const COLUMNS: readonly { area: string; word?: ColumnWord; sort?: SortKey }[] = [
  { area: 'way' },
  { area: 'flight', word: 'flight', sort: 'flight' },
  { area: 'route', word: 'route' },
  { area: 'scheduled', word: 'scheduled', sort: 'scheduled' },
  { area: 'estimated', word: 'estimated', sort: 'time' },
  { area: 'actual', word: 'actual' },
  { area: 'delay', word: 'delay', sort: 'delay' },
  { area: 'status', word: 'status', sort: 'status' },
  { area: 'stand', word: 'stand', sort: 'stand' },
  { area: 'gate', word: 'gateBelt' },
  { area: 'terminal', word: 'terminal' },
  { area: 'aircraft', word: 'aircraft' },
  { area: 'updated', word: 'updated' },
];

type ColumnWord =
  | 'flight'
  | 'route'
  | 'scheduled'
  | 'estimated'
  | 'actual'
  | 'delay'
  | 'status'
  | 'stand'
  | 'gateBelt'
  | 'terminal'
  | 'aircraft'
  | 'updated';

export interface TableProps {
  flights: readonly Flight[];
  changes: ReadonlyMap<string, Change>;
  order: Order;
  setOrder: (order: Order) => void;
  zone: Zone;
  now: Date;
  stale: boolean;
  open: (flight: Flight) => void;
  /** Id of the flight whose drawer is open; empty: none. Moving in the list takes it along. */
  opened: string;
  /** Counted up to bring the present into sight. */
  toNow: number;
}

const ROW_HEIGHT = 44;
const CARD_HEIGHT = 78;
const NARROW_PX = 760;

/** The board's rows: only those in sight are drawn, arrows move, Enter opens. */
export function BoardTable(props: TableProps) {
  const { flights, order, now, open, opened } = props;
  const w = useWords(WORDS);
  const body = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(body);
  const [scroll, setScroll] = useState(0);
  const [selected, setSelected] = useState<string | null>(opened || null);
  const rowHeight = width > 0 && width <= NARROW_PX ? CARD_HEIGHT : ROW_HEIGHT;
  const { first, end } = windowOf(scroll, height, rowHeight, flights.length);
  const byTime = order.key === 'time' && !order.down;
  const next = byTime ? indexAt(flights, now.toISOString()) : -1;

  const seek = useRef(0);
  useLayoutEffect(() => {
    // The present stands a few rows below the top, when the board first fills and when asked for.
    if (!body.current || height === 0 || flights.length === 0 || seek.current > props.toNow) return;
    seek.current = props.toNow + 1;
    if (byTime) body.current.scrollTop = Math.max(0, (next - 3) * rowHeight);
  }, [flights.length, height, props.toNow, byTime, next, rowHeight]);

  const select = useCallback(
    (index: number) => {
      const flight = flights[Math.max(0, Math.min(flights.length - 1, index))];
      if (!flight || !body.current) return;
      setSelected(flight.id);
      if (opened) open(flight);
      const at = flights.indexOf(flight);
      body.current.scrollTop = scrollTo(at, body.current.scrollTop, height, rowHeight);
    },
    [flights, height, rowHeight, opened, open],
  );

  const pressed = (event: KeyboardEvent): void => {
    const at = flights.findIndex((flight) => flight.id === selected);
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const start = at < 0 ? Math.ceil(scroll / rowHeight) - 1 : at;
    const targets: Record<string, number> = {
      ArrowDown: start + 1,
      ArrowUp: at < 0 ? start + 1 : at - 1,
      PageDown: start + page,
      PageUp: start - page,
      Home: 0,
      End: flights.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      select(target);
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      open(flights[at]!);
    }
  };

  // The list takes the keys as soon as it is there, but never from a field that somebody types into:
  // it also appears anew while a search goes from no match to some.
  useEffect(() => {
    if (!isTyping(document.activeElement)) body.current?.focus({ preventScroll: true });
  }, []);

  const choose = useCallback(
    (flight: Flight) => {
      setSelected(flight.id);
      open(flight);
    },
    [open],
  );

  return (
    <div
      className={styles.table}
      role="grid"
      aria-label={w.table}
      aria-rowcount={flights.length + 1}
      data-stale={props.stale || undefined}
    >
      <Head order={order} setOrder={props.setOrder} />
      <div
        ref={body}
        className={styles.body}
        role="rowgroup"
        tabIndex={0}
        aria-label={w.table}
        aria-activedescendant={selected ? rowId(selected) : undefined}
        onKeyDown={pressed}
        onScroll={(event) => setScroll(event.currentTarget.scrollTop)}
      >
        <div className={styles.all} style={{ height: flights.length * rowHeight }}>
          {flights.slice(first, end).map((flight, offset) => (
            <Row
              key={flight.id}
              flight={flight}
              index={first + offset}
              top={(first + offset) * rowHeight}
              selected={flight.id === selected}
              next={first + offset === next}
              change={props.changes.get(flight.id)}
              zone={props.zone}
              now={now}
              open={choose}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function Head({ order, setOrder }: { order: Order; setOrder: (order: Order) => void }) {
  const w = useWords(WORDS);
  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      {COLUMNS.map(({ area, word, sort }) => {
        const text = word ? w[word] : '';
        const on = sort !== undefined && sort === order.key;
        return (
          <span
            key={area}
            role="columnheader"
            className={styles.cell}
            data-area={area}
            aria-sort={on ? (order.down ? 'descending' : 'ascending') : undefined}
          >
            {sort ? (
              <button
                type="button"
                onClick={() => setOrder({ key: sort, down: on ? !order.down : sort === 'delay' })}
              >
                {text}
                <span className={styles.sort} aria-hidden="true">
                  {on ? (order.down ? '▼' : '▲') : ''}
                </span>
              </button>
            ) : (
              text
            )}
          </span>
        );
      })}
    </div>
  );
}
