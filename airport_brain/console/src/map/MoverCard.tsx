import { useEffect, useState } from 'react';
import { getJson } from '../gateway/client';
import { useLanguage, useWords } from '../language';
import { kindOf, useFailureText } from '../states';
import { stamp, useZone } from '../time';
import { ageText } from './age';
import { FleetIcon } from './FleetIcon';
import { fleetOf, FLEETS } from './fleets';
import { formatPosition } from './geodesy';
import styles from './map.module.css';
import type { Scene } from './scene';
import { TrailSection } from './tools/TrailSection';
import { WORDS } from './words';

interface Mover {
  id: string;
  kind: string;
  fleet: string;
  label: string;
  latitude: number;
  longitude: number;
  speed_mps: number | null;
  heading_deg: number | null;
  fix_time: string;
  received_at: string;
  age_s: number;
  stale: boolean;
  source: string;
  message_id: string;
  fixes: number;
  late: number;
}

interface Props {
  id: string;
  following: boolean;
  follow: (following: boolean) => void;
  close: () => void;
  scene: Scene | null;
}

const ASK_EVERY_MS = 2000;

/** What is known of a mover, asked for again every two seconds. */
export function MoverCard({ id, following, follow, close, scene }: Props) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { zone } = useZone();
  const [mover, problem] = useMover(id);
  const failure = useFailureText(problem);
  if (!mover) {
    return (
      <article className={styles.card} data-testid="mover-card">
        <CardHead title={id} close={close} />
        <p className={styles.cardNote} role="status">
          {problem ? (kindOf(problem) === 'missing' ? w.noPlace : failure) : '…'}
        </p>
      </article>
    );
  }
  const fleet = fleetOf(mover.kind, mover.fleet);
  const place = scene?.motion.find(id) ?? -1;
  const age = place >= 0 && scene ? scene.motion.ageS(place, performance.now()) : mover.age_s;
  const kmh = mover.speed_mps === null ? null : mover.speed_mps * 3.6;
  return (
    <article className={styles.card} data-testid="mover-card">
      <CardHead title={mover.label} close={close}>
        <FleetIcon fleet={fleet} stale={mover.stale} />
      </CardHead>
      {mover.stale && <p className={styles.cardStale}>{w.staleNow}</p>}
      <dl>
        <Row name={w.fleet}>{FLEETS[fleet]![language]}</Row>
        <Row name={w.speed}>
          {kmh === null ? w.unknown : `${kmh.toFixed(1)} km/h (${mover.speed_mps!.toFixed(1)} m/s)`}
        </Row>
        <Row name={w.heading}>
          {mover.heading_deg === null ? w.unknown : `${mover.heading_deg.toFixed(0)}°`}
        </Row>
        <Row name={w.position}>{formatPosition(mover.longitude, mover.latitude)}</Row>
        <Row name={w.fixTime}>{stamp(new Date(mover.fix_time), zone)}</Row>
        <Row name={w.age}>{ageText(age, w)}</Row>
        <Row name={w.fixes}>
          {mover.fixes.toLocaleString('en')}
          {mover.late > 0 && ` · ${w.late(String(mover.late))}`}
        </Row>
        <Row name={w.identity} mono>
          {mover.id}
        </Row>
        <Row name={w.source} mono>
          {mover.source}
        </Row>
        <Row name={w.message} mono>
          {mover.message_id}
        </Row>
      </dl>
      <button
        type="button"
        className={styles.primary}
        aria-pressed={following}
        onClick={() => follow(!following)}
      >
        {following ? w.unfollow : w.follow}
      </button>
      {scene && <TrailSection id={id} trails={scene.trails} />}
    </article>
  );
}

function useMover(id: string): [Mover | null, unknown] {
  const [mover, setMover] = useState<Mover | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    const ended = new AbortController();
    const ask = (): void => {
      getJson<Mover>(`/api/spatiotemporal/movers/${encodeURIComponent(id)}`, { signal: ended.signal })
        .then((found) => {
          setMover(found);
          setProblem(null);
        })
        .catch((reason: unknown) => {
          if (!ended.signal.aborted) setProblem(reason);
        });
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => {
      ended.abort();
      clearInterval(timer);
    };
  }, [id]);
  return [mover, problem];
}

export function CardHead({
  title,
  close,
  children,
}: {
  title: string;
  close: () => void;
  children?: React.ReactNode;
}) {
  const w = useWords(WORDS);
  return (
    <header className={styles.cardHead}>
      {children}
      <h2>{title}</h2>
      <button type="button" aria-label={w.close} title={w.close} onClick={close}>
        ×
      </button>
    </header>
  );
}

export function Row({
  name,
  mono = false,
  children,
}: {
  name: string;
  mono?: boolean;
  children: React.ReactNode;
}) {
  return (
    <div className={styles.row} data-mono={mono}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
