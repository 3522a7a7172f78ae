import { useImperativeHandle, useRef, useState, type Ref } from 'react';
import { useLanguage, useWords } from '../language';
import { useNow } from '../time';
import { ageText } from './age';
import type { Counts } from './filters';
import { formatPosition, type LonLat } from './geodesy';
import { Icon } from './Icon';
import type { Airport } from './layers';
import styles from './map.module.css';
import { formatLength, scaleBar } from './scale';
import type { Scene } from './scene';
import { Toolbar } from './tools/Toolbar';
import type { Tools } from './tools/useTools';
import type { Live } from './useLive';
import { WORDS } from './words';

/** Written into the page directly: they change with every movement of camera and pointer. */
export interface Readouts {
  camera: (bearing: number, metresPerPixel: number) => void;
  pointer: (at: LonLat | null) => void;
}

interface Props {
  ref: Ref<Readouts>;
  airport: Airport;
  scene: Scene | null;
  live: Live;
  counts: Counts;
  /** Whether the scene is shown instead of the flat map. */
  three: boolean;
  setThree: (three: boolean) => void;
  tools: Tools;
  print: () => void;
}

/** Feed state, camera buttons, scale, position under the pointer, notice. */
export function Instruments({ ref, airport, scene, live, counts, three, setThree, tools, print }: Props) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { manifest } = airport;
  const position = useRef<HTMLOutputElement>(null);
  const bar = useRef<HTMLSpanElement>(null);
  const needle = useRef<HTMLSpanElement>(null);
  useImperativeHandle(
    ref,
    () => ({
      camera: (bearing, metresPerPixel) => {
        const scale = scaleBar(metresPerPixel);
        if (bar.current) {
          bar.current.style.width = `${scale.pixels}px`;
          bar.current.textContent = formatLength(scale.metres);
        }
        if (needle.current) needle.current.style.transform = `rotate(${-bearing}deg)`;
      },
      pointer: (at) => {
        if (position.current) position.current.textContent = at ? formatPosition(at[0], at[1]) : '';
      },
    }),
    [],
  );
  return (
    <>
      <Feed live={live} empty={counts.total === 0} />
      <div className={styles.buttons}>
        <button type="button" aria-label={w.zoomIn} title={w.zoomIn} onClick={() => scene?.zoomBy(1)}>
          +
        </button>
        <button type="button" aria-label={w.zoomOut} title={w.zoomOut} onClick={() => scene?.zoomBy(-1)}>
          −
        </button>
        <button type="button" aria-label={w.north} title={w.north} onClick={() => scene?.turnTo(0)}>
          <span ref={needle} className={styles.needle}>
            N
          </span>
        </button>
        <button
          type="button"
          aria-label={w.alongRunway}
          title={w.alongRunway}
          onClick={() => scene?.turnTo(manifest.bearing_deg)}
        >
          <Icon path="M8 3v18M16 3v18M12 4v3M12 10.500v3M12 17v3" />
        </button>
        <button type="button" aria-label={w.showAll} title={w.showAll} onClick={() => scene?.showAll()}>
          <Icon path="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" />
        </button>
        <button
          type="button"
          className={styles.mode}
          aria-pressed={three}
          aria-label={three ? w.flat : w.scene}
          title={three ? w.flat : w.scene}
          data-testid="three"
          onClick={() => setThree(!three)}
        >
          {three ? '2D' : '3D'}
        </button>
        <CopyLink />
        <Toolbar tool={tools.tool} take={tools.take} print={print} />
      </div>
      <footer className={styles.foot}>
        <span ref={bar} className={styles.scale} aria-hidden="true" />
        <output ref={position} className={styles.position} />
        <span className={styles.notice}>
          {language === 'zh' ? manifest.notice_zh : manifest.notice_en}
        </span>
      </footer>
    </>
  );
}

function Feed({ live, empty }: { live: Live; empty: boolean }) {
  const w = useWords(WORDS);
  const now = useNow(1000);
  const age = live.heardAt === null ? null : Math.max(0, (now.getTime() - live.heardAt) / 1000);
  const text =
    live.state === 'open'
      ? live.fixesPerS === null
        ? w.live
        : w.liveRate(live.fixesPerS.toFixed(live.fixesPerS < 10 ? 1 : 0))
      : live.state === 'lost'
        ? w.lost
        : w.connecting;
  return (
    <div className={styles.feed} data-state={live.state} role="status" data-testid="feed">
      <span className={styles.lamp} aria-hidden="true" />
      {text}
      {live.state === 'lost' && age !== null && <small>{w.quiet(ageText(age, w))}</small>}
      {live.state === 'open' && empty && <small>{w.noVehicles}</small>}
    </div>
  );
}

function CopyLink() {
  const w = useWords(WORDS);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard?.writeText(location.href).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    });
  };
  const label = copied ? w.copied : w.copyLink;
  return (
    <button type="button" aria-label={label} title={label} onClick={copy}>
      <Icon path={copied ? 'M5 12.500l4.500 4.500L19 7' : LINK} />
    </button>
  );
}

const LINK =
  'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.700 5.700l1-1';
