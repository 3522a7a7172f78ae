import { useCallback, useEffect, useMemo, useState } from 'react';
import { useWords } from '../language';
import { isTyping } from '../shell/keys';
import { AUTO } from './api';
import type { Mode } from './api';
import { EMPTY, fromBytes, fromText } from './bytes';
import type { Original } from './bytes';
import { Compare } from './Compare';
import styles from './formats.module.css';
import { Start } from './Start';
import { Toolbar } from './Toolbar';
import { usePage, useReading } from './useReading';
import { Workplace } from './Workplace';
import { WORDS } from './words';

/** Bytes the gateway takes. */
const LARGEST = 1024 * 1024;

/** The format workbench: any message, what it is, what it says and where. */
export default function FormatsPage() {
  const w = useWords(WORDS);
  const [original, setOriginal] = useState<Original>(EMPTY);
  const [other, setOther] = useState<Original | null>(null);
  const [format, setFormat] = useState(AUTO);
  const [mode, setMode] = useState<Mode>('tolerant');
  const [editing, setEditing] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  const read = useReading(original, format, mode);
  const page = usePage(read.reading?.format ?? null);

  const take = useCallback(
    (next: Original) => {
      setTooLarge(next.bytes.length > LARGEST);
      if (next.bytes.length > LARGEST) return;
      // With a comparison open, the second message is the one that is waited for.
      if (other !== null && other.bytes.length === 0) setOther(next);
      else setOriginal(next);
      setEditing(false);
    },
    [other],
  );
  const clear = useCallback(() => {
    setOriginal(EMPTY);
    setOther(null);
    setFormat(AUTO);
    setEditing(false);
  }, []);
  const over = useArrivals(take);
  useEditKey(original.bytes.length > 0 && other === null, setEditing);

  const compare = useMemo(
    () => (other === null ? () => setOther(EMPTY) : () => setOther(null)),
    [other],
  );
  return (
    <div className={styles.page}>
      {original.bytes.length > 0 && (
        <Toolbar
          reading={read.reading}
          waiting={read.waiting}
          original={original}
          format={format}
          setFormat={setFormat}
          mode={mode}
          setMode={setMode}
          take={take}
          clear={clear}
          comparing={other !== null}
          compare={compare}
        />
      )}
      {tooLarge && (
        <p className={styles.warning} role="alert">
          {w.tooLarge}
        </p>
      )}
      {original.bytes.length === 0 ? (
        <Start take={take} />
      ) : other !== null ? (
        <Compare
          left={original}
          right={other}
          read={read}
          mode={mode}
          take={setOther}
        />
      ) : (
        <Workplace
          original={original}
          change={(text) => setOriginal(fromText(text))}
          read={read}
          page={page}
          editing={editing}
          setEditing={setEditing}
          take={take}
        />
      )}
      {over && (
        <div className={styles.over} aria-hidden="true">
          {w.drop}
        </div>
      )}
    </div>
  );
}

/** Messages that are pasted or dropped anywhere on the screen; true while a file hovers over it. */
function useArrivals(take: (original: Original) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const field = event.target;
      // A field with text in it is being edited; an empty one only waits for a message.
      if (isTyping(field) && !(field instanceof HTMLTextAreaElement && field.value === '')) return;
      // The clipboard keeps line ends that a field would change.
      const text = event.clipboardData?.getData('text/plain');
      if (!text) return;
      event.preventDefault();
      take(fromText(text));
    };
    const drag = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.some((type) => type === 'Files' || type === 'text/plain')) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file) void file.arrayBuffer().then((buffer) => take(fromBytes(new Uint8Array(buffer))));
      else take(fromText(event.dataTransfer?.getData('text/plain') ?? ''));
    };
    window.addEventListener('paste', paste);
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('paste', paste);
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [take]);
  return over;
}

/** `e` opens the original for editing. */
function useEditKey(on: boolean, setEditing: (editing: boolean) => void): void {
  useEffect(() => {
    if (!on) return;
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== 'e' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      event.preventDefault();
      setEditing(true);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [on, setEditing]);
}
