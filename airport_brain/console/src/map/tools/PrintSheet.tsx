import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useLanguage, useWords } from '../../language';
import { stamp } from '../../time';
import type { Counts } from '../filters';
import { formatPosition } from '../geodesy';
import type { Airport } from '../layers';
import type { Shown } from '../permalink';
import { formatLength, scaleBar } from '../scale';
import type { Live } from '../useLive';
import { mmPerPixel, scaleText } from './printing';
import { PrintLegend } from './PrintLegend';
import styles from './print.module.css';
import type { Fences } from './useFences';
import type { Printed, Printing } from './usePrint';
import { TOOL_WORDS } from './words';

interface Props {
  printing: Printing;
  airport: Airport;
  shown: Shown;
  counts: Counts;
  fences: Fences;
  live: Live;
}

/** The page that is printed instead of the screen: picture, legend, scale, north, time, source. */
export function PrintSheet({ printing, airport, shown, counts, fences, live }: Props) {
  const { printed, canvas } = printing;
  useEffect(() => {
    document.body.dataset.prints = 'map';
    return () => {
      delete document.body.dataset.prints;
    };
  }, []);
  const mm = printed ? mmPerPixel(printed.width, printed.height) : 0;
  return createPortal(
    <section className={styles.sheet} data-testid="print-sheet" aria-hidden="true">
      <Head airport={airport} printed={printed} />
      <div className={styles.body}>
        <div
          className={styles.picture}
          style={printed ? { width: `${printed.width * mm}mm`, height: `${printed.height * mm}mm` } : undefined}
        >
          <canvas ref={canvas} />
          {printed && <North bearing={printed.bearing} />}
          {printed && <Bar metresPerPixel={printed.metresPerPixel} mm={mm} />}
        </div>
        <PrintLegend airport={airport} shown={shown} counts={counts} fences={fences.items ?? []} />
      </div>
      {printed && <Foot airport={airport} printed={printed} shown={shown} live={live} mm={mm} />}
    </section>,
    document.body,
  );
}

function Head({ airport: { manifest }, printed }: { airport: Airport; printed: Printed | null }) {
  const w = useWords(TOOL_WORDS);
  const { language } = useLanguage();
  const [first, second] =
    language === 'zh' ? [manifest.name_zh, manifest.name_en] : [manifest.name_en, manifest.name_zh];
  return (
    <header className={styles.head}>
      <h1>
        {w.printTitle} · {first}
      </h1>
      <span>
        {second} · {manifest.icao} / {manifest.iata}
      </span>
      {printed && <b>{stamp(printed.at, 'shanghai')} CST</b>}
    </header>
  );
}

function North({ bearing }: { bearing: number }) {
  const w = useWords(TOOL_WORDS);
  return (
    <svg className={styles.north} viewBox="-20 -20 40 40">
      <g transform={`rotate(${-bearing})`}>
        <path d="M0-15L6 9 0 5-6 9z" fill="#15202b" />
        <text y="18" textAnchor="middle" fontSize="9" fontWeight="700">
          {w.northIs}
        </text>
      </g>
    </svg>
  );
}

function Bar({ metresPerPixel, mm }: { metresPerPixel: number; mm: number }) {
  const { metres, pixels } = scaleBar(metresPerPixel, 180);
  return (
    <span className={styles.bar} style={{ width: `${pixels * mm}mm` }}>
      {formatLength(metres)}
    </span>
  );
}

interface FootProps {
  airport: Airport;
  printed: Printed;
  shown: Shown;
  live: Live;
  mm: number;
}

function Foot({ airport: { manifest }, printed, shown, live, mm }: FootProps) {
  const w = useWords(TOOL_WORDS);
  const { language } = useLanguage();
  const { view } = shown;
  const facts = [
    `${w.scaleIs} ${scaleText(printed.metresPerPixel, mm)}`,
    `${w.viewIs} ${shown.three ? w.viewScene : w.viewFlat}`,
    ...(view ? [formatPosition(view.longitude, view.latitude)] : []),
    `${w.printedAt} ${stamp(printed.at, 'shanghai')} CST (${stamp(printed.at, 'utc')} UTC)`,
    live.state === 'open' ? w.live : w.liveLost,
  ];
  return (
    <footer className={styles.foot}>
      <p>{facts.join(' · ')}</p>
      <p>
        {w.sourceIs}: {w.sourceText(manifest.version)} · {language === 'zh' ? manifest.notice_zh : manifest.notice_en}
      </p>
      <p className={styles.url}>
        {w.linkIs}: {printed.url}
      </p>
    </footer>
  );
}
