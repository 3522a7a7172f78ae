import { useWords } from '../language';
import type { Decision, Quality } from './api';
import styles from './gate.module.css';
import { WORDS } from './words';

/** What a decision rests on, for staff. */
export function Why({
  decision,
  opened,
}: {
  decision: Decision;
  opened: (open: boolean) => void;
}) {
  const w = useWords(WORDS);
  const { score, threshold, model } = decision;
  return (
    <details className={styles.why} onToggle={(event) => opened(event.currentTarget.open)}>
      <summary>{w.why}</summary>
      <dl>
        <Fact name={w.score}>{score === null ? w.noScore : score.toFixed(4)}</Fact>
        <Fact name={w.threshold}>{threshold === null ? '–' : threshold.toFixed(4)}</Fact>
        <Fact name={w.model}>{model.name || '–'}</Fact>
        <Fact name={w.version}>
          {model.version ? `${model.version} (${model.sha256.slice(0, 12)})` : '–'}
        </Fact>
        <Fact name={w.elapsed}>{`${decision.elapsed_ms.toFixed(0)} ms`}</Fact>
        <Fact name={w.reasonCode}>{decision.reason.code}</Fact>
        <Fact name={w.event}>{decision.event_id}</Fact>
      </dl>
      {decision.quality.length > 0 && <QualityTable quality={decision.quality} title={w.quality} />}
    </details>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Picture quality by the component names of ISO/IEC 29794-5. */
export function QualityTable({ quality, title }: { quality: Quality[]; title: string }) {
  return (
    <table className={styles.quality}>
      <caption>{title} (ISO/IEC 29794-5)</caption>
      <tbody>
        {quality.map(({ name, value, unit, score, ok }) => (
          <tr key={name} data-ok={ok}>
            <th scope="row">{name}</th>
            <td>{`${value.toFixed(2)} ${unit}`}</td>
            <td>{score.toFixed(0)}</td>
            <td>{ok ? '✓' : '✗'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
