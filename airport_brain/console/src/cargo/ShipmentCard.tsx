import { useState } from 'react';
import type { Milestone, Shipment } from '../api/types';
import { useLanguage, useWords } from '../language';
import { stamp, useZone } from '../time';
import { addressOf } from './awb';
import styles from './cargo.module.css';
import card from './card.module.css';
import { dayAndClock, discrepancies, flightsOf, isDiscrepancy, newestFirst, weight } from './reading';
import { Place, Route } from './Route';
import { StageLine } from './StageLine';
import { WORDS } from './words';

/** A shipment: where it stands, how far it is, and everything that was reported. */
export function ShipmentCard({ shipment, refresh }: { shipment: Shipment; refresh: () => void }) {
  const w = useWords(WORDS);
  const { zone } = useZone();
  return (
    <article className={card.card}>
      <header className={card.top}>
        <div>
          <h2 className={styles.number}>{shipment.awb}</h2>
          <Carrier shipment={shipment} />
        </div>
        <Actions shipment={shipment} refresh={refresh} />
      </header>
      <Now shipment={shipment} />
      <StageLine stages={shipment.stages} pieces={shipment.pieces} />
      <Discrepancies shipment={shipment} />
      <h3>{w.history}</h3>
      <ol className={card.timeline}>
        {newestFirst(shipment.milestones).map((milestone, index) => (
          <Step key={index} milestone={milestone} total={shipment.pieces} first={index === 0} />
        ))}
      </ol>
      <p className={card.note}>
        {w.localNote} {w.updated(stamp(new Date(shipment.last_update), zone))}
        {zone === 'utc' ? ' UTC' : ' UTC+8'}
      </p>
    </article>
  );
}

function Carrier({ shipment }: { shipment: Shipment }) {
  const { language } = useLanguage();
  const { carrier } = shipment;
  if (!carrier) return null;
  return (
    <span className={card.carrier}>
      {carrier.code} · {(language === 'zh' && carrier.name_zh) || carrier.name}
    </span>
  );
}

function Actions({ shipment, refresh }: { shipment: Shipment; refresh: () => void }) {
  const w = useWords(WORDS);
  const [copied, setCopied] = useState(false);
  const link = new URL(addressOf([shipment.awb]), location.href).href;
  return (
    <div className={card.actions}>
      <button type="button" onClick={refresh}>
        {w.refresh}
      </button>
      {/* Browsers let pages write to the clipboard only where the connection is safe. */}
      {window.isSecureContext && (
        <button
          type="button"
          onClick={() =>
            void navigator.clipboard.writeText(link).then(() => {
              setCopied(true);
              setTimeout(() => setCopied(false), 2000);
            })
          }
        >
          {copied ? w.copied : w.copy}
        </button>
      )}
      <button type="button" onClick={() => window.print()}>
        {w.print}
      </button>
    </div>
  );
}

/** The state in one look: status, route, pieces, weight, flights. */
function Now({ shipment }: { shipment: Shipment }) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const flights = flightsOf(shipment);
  const facts: readonly (readonly [string, string])[] = [
    [w.pieces, shipment.pieces === null ? w.none : w.piecesOf(shipment.pieces)],
    [w.weight, shipment.weight_kg === null ? w.none : w.kg(weight(shipment.weight_kg))],
    [w.flights, flights.join(', ') || w.none],
  ];
  return (
    <div className={card.now}>
      <div className={card.status}>
        <strong>{shipment.status[language]}</strong>
        <Route origin={shipment.origin} destination={shipment.destination} />
      </div>
      <dl>
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Discrepancies({ shipment }: { shipment: Shipment }) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const found = discrepancies(shipment);
  if (found.length === 0) return null;
  return (
    <div className={card.discrepancies} role="note">
      <b>{w.discrepancy}</b>
      <ul>
        {found.map((one, index) => (
          <li key={index}>
            {one[language]} · {one.station} · {w.piecesOf(one.pieces)}
            {one.flight && ` · ${one.flight}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Step(props: { milestone: Milestone; total: number | null; first: boolean }) {
  const { milestone, total } = props;
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { day, clock } = dayAndClock(milestone.time);
  const utc = milestone.time_utc ? `${stamp(new Date(milestone.time_utc), 'utc')} UTC` : undefined;
  const pieces =
    milestone.part && total !== null
      ? w.piecesPart(milestone.pieces, total)
      : w.piecesOf(milestone.pieces);
  return (
    <li data-first={props.first || undefined} data-bad={isDiscrepancy(milestone) || undefined}>
      <time title={utc} dateTime={milestone.time_utc ?? undefined}>
        <b>{clock || w.dayOnly}</b>
        <span>{day}</span>
      </time>
      <div className={card.what}>
        <div>
          <strong>{milestone[language]}</strong>
          <span className={card.code}>{milestone.code}</span>
          {milestone.part && <span className={card.part}>{w.part}</span>}
        </div>
        <div className={card.detail}>
          <Place code={milestone.station} />
          {milestone.to_station && (
            <span>
              {' → '}
              <Place code={milestone.to_station} />
            </span>
          )}
          {milestone.flight && <span> · {milestone.flight}</span>}
          <span> · {pieces}</span>
          {milestone.weight_kg !== null && <span> · {w.kg(weight(milestone.weight_kg))}</span>}
        </div>
      </div>
    </li>
  );
}
