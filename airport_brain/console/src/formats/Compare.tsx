/** Two messages side by side, and what differs between them field by field. */
import { useMemo, useState } from 'react';
import type { Reading } from '../api/types';
import { useWords } from '../language';
import { Failed, Loading, Nothing } from '../states';
import type { Mode } from './api';
import { fromText } from './bytes';
import type { Original as Bytes } from './bytes';
import styles from './compare.module.css';
import { differences } from './differences';
import type { Difference } from './differences';
import shared from './formats.module.css';
import { Original } from './Original';
import { Remarks } from './Remarks';
import { OpenFile } from './Toolbar';
import type { Json } from './tree';
import { useReading } from './useReading';
import type { Read } from './useReading';
import { remarksOf } from './Workplace';
import { WORDS } from './words';

export interface CompareProps {
  left: Bytes;
  right: Bytes;
  read: Read;
  /** The format that was asked for, or `auto`. */
  format: string;
  mode: Mode;
  take: (...originals: (Bytes | null)[]) => void;
}

export function Compare({ left, right, read, format, mode, take }: CompareProps) {
  const w = useWords(WORDS);
  const other = useReading(right, format, mode, right);
  const [over, setOver] = useState<Difference | null>(null);
  const before = read.reading;
  const after = other.reading;
  const found = useMemo(
    () =>
      before && after && !before.error && !after.error
        ? differences(before.messages as Json, after.messages as Json)
        : null,
    [before, after],
  );
  return (
    <div className={styles.compare}>
      <div className={styles.sides}>
        <Side title={w.left} original={left} reading={before} active={over?.left ?? null} />
        {right.bytes.length === 0 ? (
          <section className={shared.half}>
            <div className={shared.bar}>
              <h2>{w.right}</h2>
              <OpenFile take={take} />
            </div>
            <textarea
              className={shared.editor}
              autoFocus
              placeholder={w.paste}
              aria-label={w.paste}
              spellCheck={false}
              value=""
              onChange={(event) => take(fromText(event.target.value))}
            />
          </section>
        ) : (
          <Side title={w.right} original={right} reading={after} active={over?.right ?? null} />
        )}
      </div>
      <section className={styles.result} aria-live="polite">
        {other.error ? (
          <Failed error={other.error} retry={other.retry} />
        ) : read.error ? (
          <Failed error={read.error} retry={read.retry} />
        ) : right.bytes.length > 0 && !(before && after) ? (
          <Loading />
        ) : found === null ? (
          <Nothing text={failure(before, after, w)} />
        ) : found.length === 0 ? (
          <Nothing text={w.same} />
        ) : (
          <>
            {before?.format !== after?.format && (
              <p className={styles.apart}>{w.otherFormat(before?.format ?? '', after?.format ?? '')}</p>
            )}
            <Differences found={found} over={over} hover={setOver} />
          </>
        )}
      </section>
    </div>
  );
}

function Side(props: {
  title: string;
  original: Bytes;
  reading: Reading | null;
  active: string | null;
}) {
  const [hovered, setHovered] = useState<string | null>(null);
  const [remark, setRemark] = useState<number | null>(null);
  const remarks = useMemo(() => remarksOf(props.reading), [props.reading]);
  return (
    <section className={shared.half} aria-label={props.title}>
      <div className={shared.bar}>
        <h2>{props.title}</h2>
        <span className={shared.size}>{props.reading?.format}</span>
      </div>
      <Original
        original={props.original}
        reading={props.reading}
        remarks={remarks}
        active={props.active ?? hovered}
        activeRemark={remark}
        hover={setHovered}
        pick={() => undefined}
      />
      <Remarks remarks={remarks} active={remark} hover={setRemark} />
    </section>
  );
}

/** Why there is nothing to compare: which side is not there or cannot be read. */
function failure(before: Reading | null, after: Reading | null, w: Sides): string {
  if (before?.error) return w.sideFailed(w.left);
  return after?.error ? w.sideFailed(w.right) : w.waitOther;
}

interface Sides {
  left: string;
  right: string;
  waitOther: string;
  sideFailed: (side: string) => string;
}

const MOST = 2000;

function Differences(props: {
  found: readonly Difference[];
  over: Difference | null;
  hover: (one: Difference | null) => void;
}) {
  const w = useWords(WORDS);
  return (
    <>
      <h2>{w.differ(props.found.length)}</h2>
      <table onMouseLeave={() => props.hover(null)}>
        <thead>
          <tr>
            <th />
            <th>{w.field}</th>
            <th>{w.before}</th>
            <th>{w.after}</th>
          </tr>
        </thead>
        <tbody>
          {props.found.slice(0, MOST).map((one) => (
            <tr
              key={`${one.left ?? ''}|${one.right ?? ''}`}
              tabIndex={0}
              data-kind={one.kind}
              data-active={props.over === one || undefined}
              onMouseEnter={() => props.hover(one)}
              onFocus={() => props.hover(one)}
            >
              <td>{w[one.kind]}</td>
              <td>
                <code>{pathText((one.right ?? one.left)!)}</code>
              </td>
              <td>{shown(one.before)}</td>
              <td>{shown(one.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** A pointer as people count: from 1, and without the number of a message that stands alone. */
function pathText(pointer: string): string {
  const steps = pointer.split('/').slice(1).map((step) => (/^\d+$/.test(step) ? String(Number(step) + 1) : step));
  return (steps[0] === '1' ? steps.slice(1) : steps).join(' / ');
}

function shown(value: Json): string {
  return value === null ? '' : String(value);
}
