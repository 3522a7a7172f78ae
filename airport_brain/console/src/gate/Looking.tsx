import { useCallback, useEffect, useRef, useState } from 'react';
import { useWords } from '../language';
import { useMay } from '../session';
import type { GateJourney } from './api';
import { Both } from './Both';
import { captureFrame, photoOf } from './capture';
import styles from './gate.module.css';
import { LOOKING_S } from './kiosk';
import type { Camera } from './useCamera';
import { WORDS } from './words';

const COUNT_FROM = 3;

interface Props {
  journey: GateJourney;
  checking: boolean;
  camera: Camera;
  taken: (photo: Blob) => void;
  leave: () => void;
}

/** A passenger has come forward: the camera with a frame for the face, or a photo file without one. */
export function Looking({ journey, checking, camera, taken, leave }: Props) {
  const w = useWords(WORDS);
  const video = useRef<HTMLVideoElement | null>(null);
  const [count, setCount] = useState(COUNT_FROM);
  const [ready, setReady] = useState(false);
  const { attach } = camera;
  const bind = useCallback(
    (element: HTMLVideoElement | null) => {
      video.current = element;
      attach(element);
    },
    [attach],
  );

  /** One look is one attempt: the clock and a finger may both ask for it at the same moment. */
  const taking = useRef(false);
  const take = useCallback(() => {
    if (taking.current || !video.current?.videoWidth) return;
    taking.current = true;
    captureFrame(video.current).then(taken, () => {
      taking.current = false;
      setCount(COUNT_FROM);
    });
  }, [taken]);

  const counting = camera.state === 'on' && ready && !checking;
  useEffect(() => {
    if (!counting) return undefined;
    if (count <= 0) {
      take();
      return undefined;
    }
    const timer = setTimeout(() => setCount(count - 1), 1000);
    return () => clearTimeout(timer);
    // `take` changes with every render; the count alone drives the clock.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [counting, count]);

  useEffect(() => {
    if (checking) return undefined;
    const timer = setTimeout(leave, LOOKING_S * 1000);
    return () => clearTimeout(timer);
  }, [checking, leave]);

  return (
    <div className={styles.looking}>
      <h1>
        {journey.name_masked}
        <b>{journey.seat}</b>
      </h1>
      {camera.state === 'on' ? (
        <div className={styles.view}>
          <video ref={bind} autoPlay muted playsInline onPlaying={() => setReady(true)} />
          <FaceFrame checking={checking} />
          <div className={styles.count} aria-hidden="true">
            {checking ? '' : count > 0 ? count : ''}
          </div>
          <p className={styles.told} role="status">
            <Both word={checking ? 'checking' : 'look'} />
          </p>
        </div>
      ) : (
        <NoCamera camera={camera} checking={checking} taken={taken} />
      )}
      <div className={styles.actions}>
        {camera.state === 'on' && (
          <button type="button" className={styles.big} disabled={checking || !ready} onClick={take} autoFocus>
            {checking ? w.checking : w.takeNow}
          </button>
        )}
        <button type="button" className={styles.plain} onClick={leave}>
          {w.cancel}
        </button>
      </div>
      <p className={styles.privacy}>
        <Both word="privacy" />
      </p>
    </div>
  );
}

function FaceFrame({ checking }: { checking: boolean }) {
  return (
    <svg
      viewBox="0 0 160 90"
      preserveAspectRatio="xMidYMid slice"
      className={styles.frame}
      data-checking={checking}
      aria-hidden="true"
    >
      <path
        fillRule="evenodd"
        className={styles.mask}
        d="M-80 0H240V90H-80Z M80 8c-15.500 0-24 12-24 28s10 36 24 36 24-20 24-36S95.500 8 80 8Z"
      />
      <path
        className={styles.oval}
        d="M80 8c-15.500 0-24 12-24 28s10 36 24 36 24-20 24-36S95.500 8 80 8Z"
      />
    </svg>
  );
}

function NoCamera({ camera, checking, taken }: Pick<Props, 'camera' | 'checking' | 'taken'>) {
  const w = useWords(WORDS);
  const [wrong, setWrong] = useState(false);
  const taking = useRef(false);
  const staff = useMay('passenger.enrol');
  const asking = camera.state === 'asking';
  const choose = (files: FileList | null): void => {
    const file = files?.[0];
    if (!file || taking.current) return;
    taking.current = true;
    setWrong(false);
    photoOf(file).then(taken, () => {
      taking.current = false;
      setWrong(true);
    });
  };
  return (
    <div className={styles.noCamera}>
      <h2>
        <Both word={asking ? 'cameraAsk' : 'cameraNone'} />
      </h2>
      {asking && <p>{w.cameraAskHint}</p>}
      {!asking && (
        <button type="button" className={styles.plain} onClick={camera.retry}>
          {w.cameraRetry}
        </button>
      )}
      {staff ? (
        <label className={styles.upload}>
          {checking ? w.checking : w.uploadPhoto}
          <input
            type="file"
            accept="image/jpeg,image/png"
            disabled={checking}
            onChange={(event) => choose(event.target.files)}
          />
        </label>
      ) : (
        // A photo from a file proves nothing unless staff chose it: a kiosk alone sends nobody on.
        !asking && (
          <p>
            <Both word="wayDesk" />
          </p>
        )
      )}
      {wrong && (
        <p role="alert" className={styles.wrong}>
          {w.notPicture}
        </p>
      )}
    </div>
  );
}
