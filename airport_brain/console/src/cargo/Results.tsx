import type { AwbAnswer } from '../api/types';
import { useLanguage, useWords } from '../language';
import styles from './cargo.module.css';
import { Route } from './Route';
import { ShipmentCard } from './ShipmentCard';
import { WORDS } from './words';

/** One shipment in full; several as a list that opens. */
export function Results(props: {
  answers: readonly AwbAnswer[];
  refresh: () => void;
  loading: boolean;
}) {
  const { answers } = props;
  const w = useWords(WORDS);
  const found = answers.filter((answer) => answer.shipment);
  if (answers.length === 1) return <One answer={answers[0]!} refresh={props.refresh} />;
  return (
    <section aria-busy={props.loading}>
      <p className={styles.found}>{w.found(found.length, answers.length)}</p>
      {answers.map((answer) => (
        <Folded key={answer.awb} answer={answer} refresh={props.refresh} />
      ))}
    </section>
  );
}

function One({ answer, refresh }: { answer: AwbAnswer; refresh: () => void }) {
  if (!answer.shipment) return <Unknown awb={answer.awb} />;
  return <ShipmentCard shipment={answer.shipment} refresh={refresh} />;
}

function Folded({ answer, refresh }: { answer: AwbAnswer; refresh: () => void }) {
  const { language } = useLanguage();
  const { shipment } = answer;
  if (!shipment) return <Unknown awb={answer.awb} />;
  const last = shipment.milestones.at(-1);
  return (
    <details className={styles.folded}>
      <summary>
        <strong className={styles.number}>{shipment.awb}</strong>
        <Route origin={shipment.origin} destination={shipment.destination} />
        <span className={styles.badge}>{shipment.status[language]}</span>
        <span className={styles.when}>{last ? `${last.station} ${last.time}` : ''}</span>
      </summary>
      <ShipmentCard shipment={shipment} refresh={refresh} />
    </details>
  );
}

function Unknown({ awb }: { awb: string }) {
  const w = useWords(WORDS);
  return (
    <article className={styles.unknown}>
      <strong className={styles.number}>{awb}</strong>
      <div>
        <b>{w.unknown}</b>
        <p>{w.unknownHint}</p>
      </div>
    </article>
  );
}
