import { useLanguage, useWords } from '../language';
import type { LonLat } from './geodesy';
import { centroid } from './labels';
import { featuresOf, type Airport } from './layers';
import styles from './map.module.css';
import { CardHead, Row } from './MoverCard';
import type { Parked } from './parked';
import { clock, day, stamp, useZone, type Zone } from '../time';
import type { Fence } from './tools/fences';
import { fencesOn } from './tools/fencesOn';
import { History } from './tools/History';
import { Restricted } from './tools/Restricted';
import { WORDS } from './words';

interface Props {
  airport: Airport;
  number: string;
  /** Who stands there; null when nobody does. */
  parked: Parked | null;
  /** Restrictions and fences in force. */
  fences: readonly Fence[];
  openFence: (fence: Fence) => void;
  goTo: (at: LonLat) => void;
  close: () => void;
}

/** What is known of a stand. */
export function StandCard({ airport, number, parked, fences, openFence, goTo, close }: Props) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const stand = featuresOf(airport.layers, 'stand').find((one) => one.properties.number === number);
  if (!stand) {
    return (
      <article className={styles.card} data-testid="stand-card">
        <CardHead title={w.stand(number)} close={close} />
        <p className={styles.cardNote}>{w.noStand}</p>
      </article>
    );
  }
  const { code, contact, kind, apron, span_limit_m, bearing_true_deg, excludes } = stand.properties;
  const apronId = `${airport.manifest.icao}.apron.${String(apron)}`;
  const apronName = featuresOf(airport.layers, 'apron').find(({ properties }) => properties.id === apronId);
  const kinds: Record<string, string> = { hangar: w.kindHangar, tie_down: w.kindTieDown };
  const others = Array.isArray(excludes) ? excludes.map(String) : [];
  return (
    <article className={styles.card} data-testid="stand-card">
      <CardHead title={w.stand(number)} close={close} />
      <dl>
        <Occupant parked={parked} />
        <Restricted fences={fencesOn(fences, number, centroid(stand.geometry))} open={openFence} />
        <Row name={w.apron}>{apronName?.properties[`name_${language}`] as string ?? String(apron)}</Row>
        <Row name={w.sizeCode}>{String(code)}</Row>
        <Row name={w.spanLimit}>{`${String(span_limit_m)} m`}</Row>
        <Row name={w.standKind}>{kinds[String(kind)] ?? (contact ? w.contact : w.remote)}</Row>
        <Row name={w.bearing}>{`${Number(bearing_true_deg).toFixed(0)}°`}</Row>
        {others.length > 0 && <Row name={w.excludes}>{others.join(', ')}</Row>}
      </dl>
      <button type="button" className={styles.primary} onClick={() => goTo(centroid(stand.geometry))}>
        {w.goThere}
      </button>
      <History icao={airport.manifest.icao} id={stand.properties.id} />
    </article>
  );
}

/** The aircraft on the stand, with the flights that brought it and will take it. */
function Occupant({ parked }: { parked: Parked | null }) {
  const w = useWords(WORDS);
  const { zone } = useZone();
  if (!parked) return <Row name={w.state}>{w.standFree}</Row>;
  const { arrival, departure } = parked;
  const times = [
    { name: w.arrived, flight: arrival, at: arrival?.actual ?? arrival?.estimated ?? arrival?.scheduled },
    { name: w.leaves, flight: departure, at: departure?.estimated ?? departure?.scheduled },
  ];
  return (
    <>
      <Row name={w.state}>{w.standTaken}</Row>
      <Row name={w.aircraft}>{`${parked.label} · ${parked.type || w.unknown}`}</Row>
      {times.map(({ name, flight, at }) =>
        flight ? (
          <Row key={name} name={name}>
            {flight.display} {flight.direction === 'arrival' ? flight.origin : flight.destination}
            {at ? ` · ${shortly(new Date(at), zone)}` : ''}
          </Row>
        ) : null,
      )}
    </>
  );
}

/** `14:05`, of another day `11-27 14:05`. */
function shortly(moment: Date, zone: Zone): string {
  const today = day(moment, zone) === day(new Date(), zone);
  return today ? clock(moment, zone) : stamp(moment, zone).slice(5, 16);
}
