/** The original, with every field and every notice in its place: lines of text, or octets. */
import { memo, useEffect, useMemo, useRef } from 'react';
import type { MouseEvent } from 'react';
import type { Reading } from '../api/types';
import { useWords } from '../language';
import { fromHex, hexOf, inText, isBinary, spacedHex } from './bytes';
import type { Original as Bytes } from './bytes';
import styles from './original.module.css';
import type { Told } from './Remarks';
import { lines, segments, visible } from './segments';
import type { Segment, Span } from './segments';
import { WORDS } from './words';

const MOST_LINES = 4000;
const ROW = 16;
const TINTS = 4;

export interface OriginalProps {
  original: Bytes;
  reading: Reading | null;
  remarks: readonly Told[];
  /** Pointer of the value that is looked at; its place is marked and brought into sight. */
  active: string | null;
  /** The same for a remark, by number. */
  activeRemark: number | null;
  hover: (path: string | null) => void;
  pick: (path: string) => void;
}

export function Original(props: OriginalProps) {
  const { reading, remarks, active, activeRemark } = props;
  const box = useRef<HTMLDivElement>(null);
  const places = reading?.places ?? NONE;
  useActive(box, active, places, activeRemark);

  const pathAt = (event: MouseEvent): string | null => {
    const piece = (event.target as Element).closest<HTMLElement>('[data-p]');
    const first = piece?.dataset.p?.split(' ')[0];
    return first ? (places[Number(first)]?.path ?? null) : null;
  };
  return (
    <div
      ref={box}
      className={styles.original}
      tabIndex={0}
      onMouseOver={(event) => props.hover(pathAt(event))}
      onMouseLeave={() => props.hover(null)}
      onClick={(event) => {
        const path = pathAt(event);
        if (path !== null) props.pick(path);
      }}
    >
      {reading?.hex != null ? (
        <Octets hex={reading.hex} places={places} remarks={remarks} />
      ) : !reading && isBinary(props.original) ? (
        <Octets hex={spacedHex(props.original.bytes)} places={places} remarks={remarks} />
      ) : (
        <Text original={props.original} places={places} remarks={remarks} />
      )}
    </div>
  );
}

const NONE: Reading['places'] = [];

/** Mark the pieces of what is looked at, without drawing the whole original again. */
function useActive(
  box: React.RefObject<HTMLDivElement | null>,
  active: string | null,
  places: Reading['places'],
  activeRemark: number | null,
): void {
  useEffect(() => {
    const root = box.current;
    if (!root) return;
    const wanted: string[] = [];
    if (active !== null) {
      places.forEach(({ path }, index) => {
        if (path === active || path.startsWith(`${active}/`)) wanted.push(`[data-p~="${index}"]`);
      });
    }
    if (activeRemark !== null) wanted.push(`[data-m~="${activeRemark}"]`);
    if (wanted.length === 0) return;
    const pieces = [...root.querySelectorAll<HTMLElement>(wanted.slice(0, 400).join(','))];
    for (const piece of pieces) piece.dataset.active = '';
    if (!root.matches(':hover')) pieces[0]?.scrollIntoView({ block: 'nearest' });
    return () => {
      for (const piece of pieces) delete piece.dataset.active;
    };
  }, [box, active, activeRemark, places]);
}

interface Marked {
  places: Reading['places'];
  remarks: readonly Told[];
}

const Text = memo(function Text({ original, places, remarks }: Marked & { original: Bytes }) {
  const w = useWords(WORDS);
  const { text } = original;
  const shown = useMemo(() => {
    const spans = places.map(({ start, end }) => spanOf(inText(original, start, end)));
    const marks = remarks.map((remark) => markOf(remark, text.length, (a, b) => inText(original, a, b)));
    return lines(text, segments(text.length, spans, marks), MOST_LINES);
  }, [original, text, places, remarks]);
  return (
    <div className={styles.text}>
      {shown.map((line) => (
        <div key={line.number} className={styles.line}>
          <span className={styles.number} aria-hidden="true">
            {line.number}
          </span>
          <code>
            {line.segments.map((piece) => (
              <Piece
                key={piece.start}
                piece={piece}
                text={visible(text.slice(piece.start, piece.end))}
                places={places}
                remarks={remarks}
              />
            ))}
            {line.segments.length === 0 && '\u200b'}
          </code>
        </div>
      ))}
      {shown.length >= MOST_LINES && <p className={styles.cut}>{w.tooLong(MOST_LINES)}</p>}
    </div>
  );
});

const Octets = memo(function Octets({ hex, places, remarks }: Marked & { hex: string }) {
  const w = useWords(WORDS);
  const bytes = useMemo(() => fromHex(hex), [hex]);
  const pieces = useMemo(() => {
    const marks = remarks.map((remark) => markOf(remark, bytes.length, (a, b) => [a, b]));
    const found: Segment[] = [];
    for (const piece of segments(bytes.length, places, marks)) {
      for (let at = piece.start; at < piece.end; at++) found[at] = piece;
    }
    return found;
  }, [bytes, places, remarks]);
  const starts = Array.from(
    { length: Math.min(Math.ceil(bytes.length / ROW), MOST_LINES) },
    (_, row) => row * ROW,
  );
  return (
    <div className={styles.octets} title={w.hexHint}>
      {starts.map((start) => (
        <div key={start} className={styles.row}>
          <span className={styles.number} aria-hidden="true">
            {start.toString(16).toUpperCase().padStart(4, '0')}
          </span>
          <code className={styles.cells}>
            {[...bytes.subarray(start, start + ROW)].map((byte, at) => (
              <Piece
                key={at}
                piece={pieces[start + at]!}
                text={hexOf(byte)}
                places={places}
                remarks={remarks}
              />
            ))}
          </code>
          <code className={styles.letters} aria-hidden="true">
            {[...bytes.subarray(start, start + ROW)].map((byte, at) => (
              <Piece
                key={at}
                piece={pieces[start + at]!}
                text={byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'}
                places={places}
                remarks={remarks}
              />
            ))}
          </code>
        </div>
      ))}
      {bytes.length > MOST_LINES * ROW && <p className={styles.cut}>{w.tooLong(MOST_LINES)}</p>}
    </div>
  );
});

function Piece(props: Marked & { piece: Segment; text: string }) {
  const { piece, places, remarks } = props;
  if (piece.places.length === 0 && piece.marks.length === 0) return <span>{props.text}</span>;
  const nearest = piece.places[0];
  const mark = piece.marks[0];
  return (
    <span
      data-p={piece.places.length ? piece.places.join(' ') : undefined}
      data-m={piece.marks.length ? piece.marks.join(' ') : undefined}
      data-tint={nearest === undefined ? undefined : nearest % TINTS}
      data-inferred={nearest !== undefined && !places[nearest]!.exact ? '' : undefined}
      data-tone={mark === undefined ? undefined : remarks[mark]!.fault ? 'bad' : 'warn'}
    >
      {props.text}
    </span>
  );
}

function spanOf([start, end]: [number, number]): Span {
  return { start, end };
}

/** A place with nothing in it, such as the end of the message, marks what stands before it. */
function markOf(remark: Told, length: number, place: (start: number, end: number) => [number, number]): Span {
  if (remark.start === null || remark.end === null) return { start: 0, end: 0 };
  const [start, end] = place(remark.start, remark.end);
  if (start < end && start < length) return { start, end };
  return { start: Math.max(0, Math.min(start, length) - 1), end: Math.min(Math.max(start, 1), length) };
}
