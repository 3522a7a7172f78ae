import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useWords } from '../language';
import { useMay } from '../session';
import { Failed, Loading, Stale } from '../states';
import { newAttempt, verify } from './api';
import { Decided, NoAnswer, Unenrolled } from './Decided';
import styles from './gate.module.css';
import { returnAfterS, step, WAITING } from './kiosk';
import { Looking } from './Looking';
import { RosterList } from './RosterList';
import { Staff } from './Staff';
import { TopBar } from './TopBar';
import { useCamera } from './useCamera';
import { useRoster } from './useRoster';
import { Waiting } from './Waiting';
import { WORDS } from './words';

/** One gate's kiosk. */
export function Kiosk({ gate, leave }: { gate: string; leave: () => void }) {
  const w = useWords(WORDS);
  const [stage, act] = useReducer(step, WAITING);
  const [staff, setStaff] = useState(false);
  const mayEnrol = useMay('passenger.enrol');
  const { roster, error, heardAt, refresh } = useRoster(gate);
  const active = stage.at === 'looking' || stage.at === 'checking';
  const camera = useCamera(active);
  /** The photo of the running attempt, for sending it again; gone with the answer. */
  const photo = useRef<Blob | null>(null);

  const send = useCallback(
    async (journeyId: string, blob: Blob, attempt: string) => {
      photo.current = blob;
      try {
        const decision = await verify(journeyId, blob, { gate, attempt });
        photo.current = null;
        act({ do: 'decide', attempt, decision });
        refresh();
      } catch (failure) {
        act({ do: 'fail', attempt, error: failure });
      }
    },
    [gate, refresh],
  );

  useEffect(() => {
    if (stage.at === 'waiting' || stage.at === 'looking') photo.current = null;
  }, [stage.at]);

  const taken = (blob: Blob): void => {
    if (stage.at !== 'looking') return;
    const attempt = newAttempt();
    act({ do: 'capture', attempt });
    void send(stage.journey.id, blob, attempt);
  };

  const resend = (): void => {
    if (stage.at !== 'failed' || !photo.current) return act({ do: 'again' });
    act({ do: 'resend' });
    void send(stage.journey.id, photo.current, stage.attempt);
  };

  const back = useCallback(() => act({ do: 'leave' }), []);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') back();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [back]);

  return (
    <div className={styles.kiosk} data-stage={stage.at}>
      <TopBar gate={gate}>
        <button type="button" onClick={() => void document.documentElement.requestFullscreen?.()}>
          {w.fullScreen}
        </button>
        {mayEnrol && (
          <button type="button" onClick={() => setStaff(true)}>
            {w.staff}
          </button>
        )}
        <button type="button" onClick={leave}>
          {w.otherGate}
        </button>
      </TopBar>
      {roster && error ? <Stale since={heardAt} /> : null}
      <div className={styles.body}>
        <section className={styles.list} aria-label={w.choosePassenger}>
          {roster ? (
            <RosterList
              roster={roster}
              chosen={stage.at === 'waiting' ? '' : stage.journey.id}
              choose={(journey) => act({ do: 'choose', journey })}
              disabled={stage.at === 'checking'}
            />
          ) : error ? (
            <Failed error={error} retry={refresh} />
          ) : (
            <Loading />
          )}
        </section>
        <section className={styles.stage} aria-live="polite">
          {stage.at === 'waiting' && <Waiting camera={camera} />}
          {(stage.at === 'looking' || stage.at === 'checking') && (
            <Looking
              key={stage.journey.id}
              journey={stage.journey}
              checking={stage.at === 'checking'}
              camera={camera}
              taken={taken}
              leave={back}
            />
          )}
        </section>
      </div>
      {stage.at === 'decided' && (
        <Decided
          journey={stage.journey}
          decision={stage.decision}
          again={() => act({ do: 'again' })}
          leave={back}
        />
      )}
      {stage.at === 'unenrolled' && <Unenrolled journey={stage.journey} leave={back} />}
      {stage.at === 'failed' && (
        <NoAnswer seconds={returnAfterS(stage)} error={stage.error} again={resend} leave={back} />
      )}
      {staff && roster && (
        <Staff items={roster.items} refresh={refresh} close={() => setStaff(false)} />
      )}
    </div>
  );
}
