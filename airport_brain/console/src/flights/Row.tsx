import { memo } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import type { Flight } from '../api/types';
import { useLanguage, useWords } from '../language';
import { placeName } from '../places/names';
import { clock, span, stamp } from '../time';
import type { Zone } from '../time';
import { MARKED_MS } from './board';
import type { Change } from './board';
import { dayMark } from './dayMark';
import { farEnd } from './filter';
import { punctuality } from './phase';
import styles from './board.module.css';
import { Status } from './Status';
import type { FlightWords } from './words';
import { WORDS } from './words';

export interface RowProps {
  flight: Flight;
  index: number;
  top: number;
  selected: boolean;
  /** First flight after the present. */
  next: boolean;
  change: Change | undefined;
  zone: Zone;
  /** The present, to the minute. */
  now: Date;
  open: (flight: Flight) => void;
}

/** One flight of the board. */
export const Row = memo(function Row(props: RowProps) {
  const { flight, change, zone, now } = props;
  const w = useWords(WORDS);
  const cell = (
    area: string,
    content: ReactNode,
    fields: readonly (keyof Flight)[] = [],
    more: { hint?: string | undefined; label?: string } = {},
  ) => <Cell key={area} area={area} content={content} fields={fields} change={change} {...more} />;

  return (
    <div
      role="row"
      id={rowId(flight.id)}
      aria-rowindex={props.index + 2}
      aria-selected={props.selected}
      className={styles.row}
      data-next={props.next || undefined}
      data-next-text={props.next ? `${w.now} ${clock(now, zone)}` : undefined}
      data-gone={flight.status.code === 'DX' || undefined}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.open(flight)}
    >
      {cell('way', <Way flight={flight} w={w} />)}
      {cell('flight', <Names flight={flight} />)}
      {cell('route', <Ends flight={flight} />)}
      {(['scheduled', 'estimated', 'actual'] as const).map((kind) =>
        cell(
          kind,
          <Time iso={flight[kind]} now={now} zone={zone} />,
          [kind],
          { hint: timeHint(flight, kind, zone, w), label: w[kind] },
        ),
      )}
      {cell('delay', <Delay minutes={flight.delay_min} w={w} />, ['delay_min'], { label: w.delay })}
      {cell('status', <Status flight={flight} />, ['status'])}
      {cell('stand', flight.stand, ['stand'], { label: w.stand })}
      {cell('gate', <GateBelt flight={flight} w={w} />, ['gates', 'belts'])}
      {cell('terminal', flight.terminal, ['terminal'])}
      {cell(
        'aircraft',
        <>
          {flight.aircraft_type} <span className={styles.quiet}>{flight.registration}</span>
        </>,
        ['aircraft_type', 'registration'],
      )}
      {cell(
        'updated',
        <span className={styles.quiet}>
          {w.ago(span(now.getTime() - Date.parse(flight.updated_at), w))}
        </span>,
        [],
        { hint: `${stamp(new Date(flight.updated_at), zone)} · ${flight.source}` },
      )}
    </div>
  );
});

export function rowId(flightId: string): string {
  return `flight-${flightId}`;
}

function Cell(props: {
  area: string;
  content: ReactNode;
  fields: readonly (keyof Flight)[];
  change: Change | undefined;
  hint?: string | undefined;
  /** Said before the content where the columns have no heads. */
  label?: string;
}) {
  const { change, fields } = props;
  const marked = change && fields.some((field) => change.fields.has(field));
  // The mark goes on where it was when its row comes back into sight.
  const since = marked ? Date.now() - change.at : MARKED_MS;
  const style: CSSProperties = marked ? { animationDelay: `-${since}ms` } : {};
  return (
    <span
      role="gridcell"
      // A new change starts the mark anew.
      key={marked ? change.at : 0}
      className={marked && since < MARKED_MS ? `${styles.cell} ${styles.marked}` : styles.cell}
      data-area={props.area}
      data-label={props.label}
      style={style}
      title={props.hint}
    >
      {props.content}
    </span>
  );
}

function Way({ flight, w }: { flight: Flight; w: FlightWords }) {
  const arriving = flight.direction === 'arrival';
  return (
    <svg viewBox="0 0 24 24" width="18" height="18" role="img" className={styles.way}>
      <title>{arriving ? w.arrival : w.departure}</title>
      <path
        d={arriving ? 'M5 6l12 10M17 9v7h-7M4 20h16' : 'M5 16L17 6M10 6h7v7M4 20h16'}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

function Names({ flight }: { flight: Flight }) {
  const shared = flight.codeshares.join(' ');
  return (
    <>
      <strong className={styles.display}>{flight.display}</strong>
      {shared && (
        <span className={styles.shared} title={shared}>
          {shared}
        </span>
      )}
    </>
  );
}

function Ends({ flight }: { flight: Flight }) {
  const { language } = useLanguage();
  const arriving = flight.direction === 'arrival';
  const other = farEnd(flight);
  const far = (
    <span className={styles.far}>
      <strong>{other}</strong> {placeName(other, language)}
    </span>
  );
  const near = <span className={styles.quiet}>{flight.airport}</span>;
  return (
    <>
      {arriving ? far : near}
      <span className={styles.arrow} aria-hidden="true">
        →
      </span>
      {arriving ? near : far}
    </>
  );
}

function Time({ iso, now, zone }: { iso: string | null; now: Date; zone: Zone }) {
  if (iso === null) return <span className={styles.none}>–</span>;
  const moment = new Date(iso);
  const mark = dayMark(moment, now, zone);
  return (
    <time dateTime={iso}>
      {clock(moment, zone)}
      {mark && <span className={styles.day}>{mark}</span>}
    </time>
  );
}

function timeHint(
  flight: Flight,
  kind: 'scheduled' | 'estimated' | 'actual',
  zone: Zone,
  w: FlightWords,
): string | undefined {
  const iso = flight[kind];
  if (iso === null) return undefined;
  const event = flight[`${kind}_event`];
  const name = event in w ? String(w[event as 'ONB']) : event;
  return `${w.event(w[kind], name)} ${stamp(new Date(iso), zone)}`;
}

function Delay({ minutes, w }: { minutes: number | null; w: FlightWords }) {
  const how = punctuality(minutes);
  if (minutes === null) return <span className={styles.none}>–</span>;
  const text = minutes === 0 ? '0' : minutes > 0 ? `+${minutes}` : `−${-minutes}`;
  const hint =
    minutes === 0 ? w.onTime : minutes > 0 ? w.minutesLate(minutes) : w.minutesEarly(-minutes);
  return (
    <span className={styles.delay} data-how={how} title={hint}>
      {text}
    </span>
  );
}

function GateBelt({ flight, w }: { flight: Flight; w: FlightWords }) {
  const arriving = flight.direction === 'arrival';
  const belts = flight.belts.join(' ');
  const gates = flight.gates.join(' ');
  if (arriving && belts) {
    return (
      <>
        <span className={styles.label}>{w.belt}</span> {belts}
      </>
    );
  }
  if (!gates) return null;
  return (
    <>
      <span className={styles.label}>{w.gate}</span> {gates}
    </>
  );
}
