/** The parts of a flight's drawer. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ClockEntry, FlightDetail, FlightMessage, Resource } from '../api/types';
import { useLanguage, useWords } from '../language';
import { Choice } from '../parts/Choice';
import { Nothing } from '../states';
import { clock, stamp, useNow, useZone } from '../time';
import { dayMark } from './dayMark';
import {
  currentTimes,
  disputed,
  feedName,
  history,
  kindsOf,
  latestMessages,
  originalPath,
  plain,
} from './detail';
import { DETAIL, eventName, fieldName, kindName } from './detailWords';
import styles from './drawer.module.css';

export function Summary({ flight }: { flight: FlightDetail }) {
  const w = useWords(DETAIL);
  const facts: readonly (readonly [string, string])[] = [
    [w.aircraft, flight.aircraft_type],
    [w.registration, flight.registration],
    [w.callSign, flight.call_sign],
    [w.codeshares, flight.codeshares.join(', ')],
    [w.originDate, flight.origin_date],
    [w.remarks, flight.remarks.join('; ')],
    [w.leg, flight.leg_id],
  ];
  return (
    <div className={styles.part}>
      <CurrentTimes flight={flight} />
      <h3>{w.resources}</h3>
      <Resources resources={flight.resources} />
      <dl className={styles.facts}>
        {facts
          .filter(([, text]) => text !== '')
          .map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
}

function CurrentTimes({ flight }: { flight: FlightDetail }) {
  const w = useWords(DETAIL);
  const { language } = useLanguage();
  const rows = currentTimes(flight.times);
  const kinds = kindsOf(rows);
  if (rows.length === 0) return <p className={styles.quiet}>{w.noTimes}</p>;
  return (
    <table className={styles.times}>
      <thead>
        <tr>
          <th scope="col">{w.event}</th>
          {kinds.map((kind) => (
            <th key={kind} scope="col">
              {kindName(kind, language)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ event, kinds: entries }) => (
          <tr key={event}>
            <th scope="row">
              {eventName(event, language)} <small>{event}</small>
            </th>
            {kinds.map((kind) => {
              const entry = entries.get(kind);
              return <td key={kind}>{entry ? <CurrentTime entry={entry} /> : null}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CurrentTime({ entry }: { entry: ClockEntry }) {
  const w = useWords(DETAIL);
  const { zone } = useZone();
  const now = useNow(60_000);
  const moment = new Date(entry.value ?? 0);
  const hint = `${stamp(moment, zone)} · ${w.via} ${entry.source} · ${w.received} ${stamp(
    new Date(entry.received_at),
    zone,
  )}`;
  return (
    <span title={hint}>
      <b>{clock(moment, zone)}</b>
      <small>{dayMark(moment, now, zone)}</small>
      <span className={styles.by}>{feedName(entry.source)}</span>
    </span>
  );
}

function Resources({ resources }: { resources: readonly Resource[] }) {
  const w = useWords(DETAIL);
  const { language } = useLanguage();
  if (resources.length === 0) return <p className={styles.quiet}>{w.noResources}</p>;
  return (
    <div className={styles.resources}>
      {resources.map(({ side, usage, values }) => (
        <div key={side + usage} className={styles.resource}>
          <h4>
            {side ? w[side] : w.unstated}
            <span>{usage === 'planned' || usage === 'actual' ? w[usage] : usage}</span>
          </h4>
          <dl>
            {Object.entries(values).map(([name, value]) => (
              <div key={name}>
                <dt>{fieldName(name, language)}</dt>
                <dd>{plain(value)}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}

export function Clocks({ flight }: { flight: FlightDetail }) {
  const w = useWords(DETAIL);
  const { language } = useLanguage();
  const { zone } = useZone();
  const entries = history(flight.times);
  if (entries.length === 0) return <Nothing text={w.noClocks} />;
  return (
    <table className={styles.list}>
      <thead>
        <tr>
          <th scope="col">{w.event}</th>
          <th scope="col">{w.kind}</th>
          <th scope="col">{w.value}</th>
          <th scope="col">{w.source}</th>
          <th scope="col">{w.received}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, index) => (
          <tr key={index} data-current={entry.current || undefined}>
            <td>
              {eventName(entry.qualifier, language)} <small>{entry.qualifier}</small>
            </td>
            <td>{kindName(entry.time_type, language)}</td>
            <td>
              {entry.value ? stamp(new Date(entry.value), zone).slice(0, 16) : w.cleared}
              <Mark entry={entry} />
            </td>
            <td title={entry.source}>
              <Original messageId={entry.message_id}>{feedName(entry.source)}</Original>
            </td>
            <td>{stamp(new Date(entry.received_at), zone).slice(5)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Mark({ entry }: { entry: ClockEntry }) {
  const w = useWords(DETAIL);
  if (entry.current) return <span className={styles.current}>{w.current}</span>;
  return entry.late ? <span className={styles.late}>{w.late}</span> : null;
}

/** What every source last said about every field; fields on which they disagree stand out. */
export function Statements({ flight }: { flight: FlightDetail }) {
  const w = useWords(DETAIL);
  const { language } = useLanguage();
  const { zone } = useZone();
  const [which, setWhich] = useState<'current' | 'all'>('current');
  const differing = disputed(flight.values);
  const shown = flight.values.filter(
    (one) => which === 'all' || (one.current && one.value !== null) || differing.has(one.field),
  );
  return (
    <>
      <div className={styles.bar}>
        <Choice
          label={w.statements}
          value={which}
          choose={setWhich}
          options={[
            { value: 'current', text: w.currentOnly },
            { value: 'all', text: w.all },
          ]}
        />
      </div>
      <table className={styles.list}>
        <thead>
          <tr>
            <th scope="col">{w.field}</th>
            <th scope="col">{w.said}</th>
            <th scope="col">{w.source}</th>
            <th scope="col">{w.received}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.field + one.source} data-current={one.current || undefined}>
              <td>
                {fieldName(one.field, language)}
                {differing.has(one.field) && <span className={styles.late}>{w.conflict}</span>}
              </td>
              <td className={styles.free}>
                {one.value === null ? <i>{w.nothingSaid}</i> : plain(one.value)}
              </td>
              <td title={one.source}>
                <Original messageId={one.message_id}>{feedName(one.source)}</Original>
              </td>
              <td>{stamp(new Date(one.received_at), zone).slice(5)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

export function Messages({ flight }: { flight: FlightDetail }) {
  return (
    <ol className={styles.messages}>
      {latestMessages(flight).map((message) => (
        <Message key={message.message_id} message={message} />
      ))}
    </ol>
  );
}

function Message({ message }: { message: FlightMessage }) {
  const w = useWords(DETAIL);
  const { zone } = useZone();
  return (
    <li>
      <div className={styles.message}>
        <span>
          <b>{stamp(new Date(message.received_at), zone)}</b> {w.via} {message.source}
        </span>
        <Original messageId={message.message_id}>{w.original}</Original>
      </div>
      <div className={styles.quiet}>
        {w.asOf} {stamp(new Date(message.as_of), zone)} · {message.topic} {message.partition}/
        {message.offset}
      </div>
      {message.warnings.length > 0 && (
        <details className={styles.notices}>
          <summary>{w.warnings(message.warnings.length)}</summary>
          <ul>
            {message.warnings.map((warning, index) => (
              <li key={index}>
                {warning.text} <code>{warning.field}</code>
                <div className={styles.quiet}>{warning.position}</div>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function Original({ messageId, children }: { messageId: string; children: ReactNode }) {
  const w = useWords(DETAIL);
  return (
    <a href={originalPath(messageId)} download title={`${w.original} · ${w.originalHint}`}>
      {children}
    </a>
  );
}
