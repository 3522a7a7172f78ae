import { useWords } from '../language';
import { Both } from './Both';
import styles from './gate.module.css';
import type { Camera } from './useCamera';
import { WORDS } from './words';

/** Nobody stands in front of the kiosk. */
export function Waiting({ camera }: { camera: Camera }) {
  const w = useWords(WORDS);
  return (
    <div className={styles.waiting}>
      <div className={styles.ways}>
        <div className={styles.way}>
          <FaceSign />
          <h1>
            <Both word="come" />
          </h1>
          <p>
            <Both word="comeHint" />
          </p>
        </div>
        <div className={styles.way}>
          <CardSign />
          <h1>
            <Both word="otherWay" />
          </h1>
          <p>
            <Both word="otherWayHint" />
          </p>
        </div>
      </div>
      <p className={styles.privacy}>
        <Both word="privacy" />
      </p>
      {camera.state === 'asking' && (
        <p className={styles.cameraNote} role="status">
          {w.cameraAsk} · {w.cameraAskHint}
        </p>
      )}
      {camera.state === 'none' && (
        <p className={styles.cameraNote} role="alert">
          {w.cameraNone} ({camera.why}) · {w.cameraNoneHint}
          <button type="button" onClick={camera.retry}>
            {w.cameraRetry}
          </button>
        </p>
      )}
    </div>
  );
}

function FaceSign() {
  return (
    <svg viewBox="0 0 64 64" className={styles.sign} aria-hidden="true">
      <path d="M6 18V6h12M46 6h12v12M58 46v12H46M18 58H6V46" />
      <ellipse cx="32" cy="32" rx="14" ry="18" />
      <path d="M26 29v2M38 29v2M27 40q5 4 10 0" />
    </svg>
  );
}

function CardSign() {
  return (
    <svg viewBox="0 0 64 64" className={styles.sign} aria-hidden="true">
      <rect x="5" y="13" width="54" height="38" rx="5" />
      <circle cx="20" cy="28" r="5" />
      <path d="M11 42q9-9 18 0M36 25h16M36 33h16M36 41h10" />
    </svg>
  );
}
