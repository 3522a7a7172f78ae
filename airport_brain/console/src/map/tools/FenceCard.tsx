import { useState } from 'react';
import { useLanguage, useWords } from '../../language';
import { useMay } from '../../session';
import { stamp, useZone } from '../../time';
import { boundsOf } from './places';
import type { LonLat } from '../geodesy';
import mapStyles from '../map.module.css';
import { CardHead, Row } from '../MoverCard';
import { WORDS } from '../words';
import { fetchVersion, MAY_EDIT, type Fence } from './fences';
import { areaM2, areaText } from './measuring';
import { History } from './History';
import { PURPOSE_WORDS } from './purposes';
import { cornersOf } from './tool';
import styles from './tools.module.css';
import type { Edits } from './useEdits';
import type { Tools } from './useTools';
import { TOOL_WORDS } from './words';

interface Props {
  icao: string;
  id: string;
  /** `null` for one that no longer holds: its history is still told. */
  fence: Fence | null;
  edits: Edits;
  tools: Tools;
  goTo: (at: LonLat) => void;
  close: () => void;
}

/** What is known of a fence; change it, delete it. */
export function FenceCard({ icao, id, fence, edits, tools, goTo, close }: Props) {
  const w = useWords(TOOL_WORDS);
  const map = useWords(WORDS);
  const { language } = useLanguage();
  const may = useMay(MAY_EDIT);
  return (
    <article className={mapStyles.card} data-testid="fence-card">
      <CardHead title={fence ? fence[language] : id} close={close} />
      {fence && <Facts fence={fence} />}
      {fence && (
        <button
          type="button"
          className={mapStyles.primary}
          onClick={() => goTo(boundsOf(fence.geometry).middle)}
        >
          {map.goThere}
        </button>
      )}
      {fence && may && <Actions icao={icao} fence={fence} edits={edits} tools={tools} close={close} />}
      {!may && (
        <p className={styles.small} role="note">
          {w.mayNot(MAY_EDIT)}
        </p>
      )}
      <History icao={icao} id={id} renewed={edits.said} />
    </article>
  );
}

function Facts({ fence }: { fence: Fence }) {
  const w = useWords(TOOL_WORDS);
  const map = useWords(WORDS);
  const { zone } = useZone();
  const purposes: Record<string, string> = useWords(PURPOSE_WORDS);
  const corners = cornersOf(fence);
  return (
    <dl>
      <Row name={w.purpose}>{purposes[fence.purpose] ?? fence.purpose}</Row>
      {fence.limitMps !== null && <Row name={w.limitIs}>{`${Math.round(fence.limitMps * 3.6)} km/h`}</Row>}
      {fence.targets.length > 0 && <Row name={w.targets}>{fence.targets.join(', ')}</Row>}
      {fence.reason && <Row name={w.reasonIs}>{fence.reason}</Row>}
      {corners && <Row name={w.areaIs}>{areaText(areaM2(corners))}</Row>}
      <Row name={w.since}>{stamp(new Date(fence.validFrom), zone)}</Row>
      <Row name={w.ends}>{fence.validTo ? stamp(new Date(fence.validTo), zone) : w.noEnd}</Row>
      <Row name={map.identity} mono>
        {fence.id}
      </Row>
    </dl>
  );
}

interface ActionProps {
  icao: string;
  fence: Fence;
  edits: Edits;
  tools: Tools;
  close: () => void;
}

function Actions({ icao, fence, edits, tools, close }: ActionProps) {
  const w = useWords(TOOL_WORDS);
  const [removing, setRemoving] = useState(false);
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  /** The version that this card shows is the one that an edit names. */
  const withVersion = (act: (version: number) => void): void => {
    fetchVersion(icao, fence.layer, fence.id).then(
      ({ version }) => act(version),
      (problem: unknown) => setFault(problem instanceof Error ? problem.message : String(problem)),
    );
  };
  const remove = (): void =>
    withVersion((version) => {
      void edits.remove(fence, reason.trim(), version).then((gone) => {
        if (gone) close();
      });
    });
  return (
    <div className={styles.form}>
      <div className={styles.row}>
        <button
          type="button"
          onClick={() => withVersion((version) => tools.take({ kind: 'fence', editing: { fence, version } }))}
        >
          {w.change}
        </button>
        <button type="button" aria-expanded={removing} onClick={() => setRemoving(!removing)}>
          {w.remove}
        </button>
      </div>
      {removing && (
        <>
          <label>
            <span>{w.removeAsk}</span>
            <input name="remove-reason" value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
          </label>
          <div className={styles.row}>
            <button
              type="button"
              className={styles.strong}
              disabled={reason.trim().length < 3 || edits.busy}
              onClick={remove}
            >
              {w.remove}
            </button>
            <button type="button" onClick={() => setRemoving(false)}>
              {w.cancel}
            </button>
          </div>
        </>
      )}
      {(fault ?? edits.refusal) && (
        <p className={styles.refused} role="alert">
          {fault ?? edits.refusal}
        </p>
      )}
    </div>
  );
}
