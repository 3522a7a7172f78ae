import { useEffect, useState, type ReactNode } from 'react';
import { useWords } from '../language';
import type { Decision, GateJourney } from './api';
import { Both, BothTexts } from './Both';
import styles from './gate.module.css';
import { returnAfterS } from './kiosk';
import { outcomeOf, type Tone, type Way } from './outcome';
import { Why } from './Why';
import { WORDS } from './words';

const WAY_WORD = {
  desk: 'wayDesk',
  security: 'waySecurity',
  'check-in': 'wayCheckIn',
  airline: 'wayAirline',
  screens: 'wayScreens',
  retry: 'wayDesk',
} as const satisfies Record<Exclude<Way, 'board'>, string>;

interface Props {
  journey: GateJourney;
  decision: Decision;
  again: () => void;
  leave: () => void;
}

/** The answer, over the whole screen. */
export function Decided({ journey, decision, again, leave }: Props) {
  const w = useWords(WORDS);
  const { admitted, tone, way } = outcomeOf(decision);
  const { name_masked, seat, flight, destination } = decision.journey;
  const seconds = returnAfterS({ at: 'decided', decision, journey });
  const [held, setHeld] = useState(false);
  return (
    <Sheet tone={tone} seconds={seconds} held={held} leave={leave}>
      <h1>
        {admitted ? (
          <Both word="admitted" />
        ) : (
          <BothTexts zh={decision.reason.zh} en={decision.reason.en} />
        )}
      </h1>
      <Who name={name_masked} seat={seat} flight={flight} destination={destination} />
      {way !== 'board' && (
        <p className={styles.wayOn}>
          <Both word={WAY_WORD[way]} />
        </p>
      )}
      {decision.degraded && (
        <p className={styles.degraded}>
          <Both word="degraded" />
        </p>
      )}
      <div className={styles.actions}>
        {way === 'retry' && (
          <button type="button" className={styles.big} onClick={again} autoFocus>
            {w.again}
          </button>
        )}
        <button type="button" className={styles.plain} onClick={leave} autoFocus={way !== 'retry'}>
          {w.done}
        </button>
      </div>
      <Why decision={decision} opened={setHeld} />
    </Sheet>
  );
}

/** There is no template of this passenger: no photo is taken, the desk takes over. */
export function Unenrolled({ journey, leave }: { journey: GateJourney; leave: () => void }) {
  const w = useWords(WORDS);
  const { name_masked, seat, flight, destination } = journey;
  const seconds = returnAfterS({ at: 'unenrolled', journey });
  return (
    <Sheet tone="warn" seconds={seconds} leave={leave}>
      <h1>
        <Both word="unenrolled" />
      </h1>
      <Who name={name_masked} seat={seat} flight={flight} destination={destination} />
      <p className={styles.wayOn}>
        <Both word="wayDesk" />
      </p>
      <div className={styles.actions}>
        <button type="button" className={styles.plain} onClick={leave} autoFocus>
          {w.done}
        </button>
      </div>
    </Sheet>
  );
}

function Who(of: { name: string; seat: string; flight: string; destination: string }) {
  const w = useWords(WORDS);
  return (
    <p className={styles.who}>
      <strong>{of.name}</strong>
      <span>
        {of.flight} → {of.destination}
      </span>
      {of.seat && (
        <span className={styles.bigSeat}>
          <small>{w.seat}</small>
          {of.seat}
        </span>
      )}
    </p>
  );
}

/** No answer came: the network, the platform, or a form it did not take. */
export function NoAnswer({
  seconds,
  error,
  again,
  leave,
}: {
  seconds: number | null;
  error: unknown;
  again: () => void;
  leave: () => void;
}) {
  const w = useWords(WORDS);
  return (
    <Sheet tone="warn" seconds={seconds} leave={leave}>
      <h1>
        <Both word="failed" />
      </h1>
      <p className={styles.wayOn}>
        <Both word="failedHint" />
      </p>
      <div className={styles.actions}>
        <button type="button" className={styles.big} onClick={again} autoFocus>
          {w.resend}
        </button>
        <button type="button" className={styles.plain} onClick={leave}>
          {w.done}
        </button>
      </div>
      <p className={styles.fault}>{error instanceof Error ? error.message : String(error)}</p>
    </Sheet>
  );
}

function Sheet({
  tone,
  seconds,
  held = false,
  leave,
  children,
}: {
  tone: Tone;
  seconds: number | null;
  /** Whoever reads the "why" is not hurried: the clock stops. */
  held?: boolean;
  leave: () => void;
  children: ReactNode;
}) {
  const w = useWords(WORDS);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (left === null || held) return undefined;
    if (left <= 0) {
      leave();
      return undefined;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left, held, leave]);
  return (
    <div
      className={styles.sheet}
      data-tone={tone}
      role="alertdialog"
      aria-modal="true"
      data-testid="outcome"
    >
      <Sign tone={tone} />
      {children}
      {left !== null && !held && <p className={styles.left}>{w.returnIn(String(left))}</p>}
    </div>
  );
}

/** A shape for each tone, so that colour is never the only sign. */
function Sign({ tone }: { tone: Tone }) {
  const shapes: Record<Tone, ReactNode> = {
    good: (
      <>
        <circle cx="32" cy="32" r="28" />
        <path d="M18 33l10 10 18-20" />
      </>
    ),
    warn: (
      <>
        <path d="M32 5L60 57H4Z" />
        <path d="M32 24v16M32 47v2" />
      </>
    ),
    bad: (
      <>
        <path d="M21 4h22l17 17v22L43 60H21L4 43V21Z" />
        <path d="M22 22l20 20M42 22L22 42" />
      </>
    ),
  };
  return (
    <svg viewBox="0 0 64 64" className={styles.toneSign} aria-hidden="true">
      {shapes[tone]}
    </svg>
  );
}
