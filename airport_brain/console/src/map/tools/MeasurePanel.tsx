import { useWords } from '../../language';
import mapStyles from '../map.module.css';
import { CardHead, Row } from '../MoverCard';
import { areaM2, areaText, bearingText, lengthM, legsOf, metresText, roundM } from './measuring';
import { SketchButtons } from './SketchButtons';
import styles from './tools.module.css';
import type { Tools } from './useTools';
import { TOOL_WORDS } from './words';

/** What was measured: a line with its parts and bearings, or an area. */
export function MeasurePanel({ tools }: { tools: Tools }) {
  const w = useWords(TOOL_WORDS);
  const { tool, sketch, take } = tools;
  const { corners, done } = sketch;
  const isArea = tool?.kind === 'area';
  return (
    <article className={mapStyles.card} data-testid="measure" aria-live="polite">
      <CardHead title={isArea ? w.areaTitle : w.distanceTitle} close={() => take(null)} />
      <p className={mapStyles.cardNote}>{done ? w.moveHint : w.startHint}</p>
      <dl>
        {isArea ? (
          <>
            <Row name={w.areaIs}>{areaText(areaM2(corners))}</Row>
            <Row name={w.round}>{metresText(corners.length > 2 ? roundM(corners) : lengthM(corners))}</Row>
          </>
        ) : (
          <>
            <Row name={w.total}>{metresText(lengthM(corners))}</Row>
            {legsOf(corners).map(({ metres, bearingDeg }, at) => (
              <Row key={at} name={w.leg(at + 1)}>{`${metresText(metres)} · ${bearingText(bearingDeg)}`}</Row>
            ))}
          </>
        )}
      </dl>
      <p className={styles.small}>
        {isArea ? w.onGround : `${w.bearingNote} · ${w.onGround}`}
      </p>
      <SketchButtons tools={tools} />
    </article>
  );
}
