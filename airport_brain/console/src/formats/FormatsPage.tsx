import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../language';
import { isTyping } from '../shell/keys';
import { AUTO, getPage } from './api';
import { EMPTY } from './bytes';
import type { Original } from './bytes';
import { Compare } from './Compare';
import styles from './formats.module.css';
import { exampleOf, Start } from './Start';
import { Toolbar } from './Toolbar';
import { useArrivals } from './useArrivals';
import { useLink } from './useLink';
import { usePage, useReading } from './useReading';
import { WORDS } from './words';
import { Workplace } from './Workplace';

/** Bytes the gateway takes. */
const LARGEST = 1024 * 1024;

/** The format workbench: any message, what it is, what it says and where. */
export default function FormatsPage() {
  const w = useWords(WORDS);
  const [link, setLink] = useLink();
  const { format, mode, tab } = link;
  const [original, setOriginal] = useState<Original>(EMPTY);
  /** Counts the messages that were put on the bench. */
  const [number, setNumber] = useState(0);
  const [other, setOther] = useState<Original | null>(null);
  const [editing, setEditing] = useState(false);
  const [trouble, setTrouble] = useState('');
  /** The format whose example lies on the bench, "" for another message. */
  const example = useRef('');
  const read = useReading(original, format, mode, number);
  const page = usePage(read.reading?.format ?? null);

  const put = useCallback(
    (next: Original, name = '') => {
      setOriginal(next);
      setNumber((count) => count + 1);
      example.current = name;
      setLink({ example: name });
      setEditing(false);
      setTrouble('');
    },
    [setLink],
  );
  // With a comparison open, the second message is the one that is waited for.
  const waits = other !== null && other.bytes.length === 0;
  const take = useCallback(
    (...came: (Original | null)[]) => {
      const [first, second] = came;
      const wrong = came.map(troubleOf).find((one) => one !== null);
      if (!first || wrong) {
        setTrouble(w[wrong ?? 'noFile']);
        return;
      }
      if (waits) setOther(second ?? first);
      if (!waits || second) put(first);
      if (!waits && second) setOther(second);
      setTrouble(came.length > 2 ? w.tooMany : '');
    },
    [put, waits, w],
  );
  const show = useCallback(
    (name: string) => {
      getPage(name).then(
        (page) => put(exampleOf(page.example, page.look), name),
        () => setTrouble(w.noExample(name)),
      );
    },
    [put, w],
  );
  useEffect(() => {
    if (link.example && link.example !== example.current) show(link.example);
  }, [link.example, show]);
  const clear = useCallback(() => {
    example.current = '';
    setOriginal(EMPTY);
    setOther(null);
    setLink({ example: '', format: AUTO, tab: 'fields' });
    setEditing(false);
    setTrouble('');
  }, [setLink]);
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
          setFormat={(format) => setLink({ format })}
          mode={mode}
          setMode={(mode) => setLink({ mode })}
          take={take}
          clear={clear}
          comparing={other !== null}
          compare={compare}
        />
      )}
      {trouble && (
        <p className={styles.warning} role="alert">
          {trouble}
        </p>
      )}
      {original.bytes.length === 0 ? (
        <Start take={take} show={show} />
      ) : other !== null ? (
        <Compare left={original} right={other} read={read} format={format} mode={mode} take={take} />
      ) : (
        <Workplace
          original={original}
          change={(next) => {
            setOriginal(next);
            example.current = '';
            setLink({ example: '' });
          }}
          read={read}
          page={page}
          editing={editing}
          setEditing={setEditing}
          take={put}
          tab={tab}
          setTab={(tab) => setLink({ tab })}
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

/** Why something that came is no message to read, or null. */
function troubleOf(came: Original | null): 'noFile' | 'emptyFile' | 'tooLarge' | null {
  if (!came) return 'noFile';
  if (came.bytes.length === 0) return 'emptyFile';
  return came.bytes.length > LARGEST ? 'tooLarge' : null;
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
