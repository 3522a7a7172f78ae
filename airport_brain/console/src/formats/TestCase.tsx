/** A message as a test case: what it says of people masked, shown before it is used. */
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../language';
import { Failed, Loading } from '../states';
import { maskMessage } from './api';
import { fromHex, spacedHex } from './bytes';
import type { Original } from './bytes';
import { copyText, CopyButton } from './CopyButton';
import styles from './formats.module.css';
import { WORDS } from './words';

export function TestCase(props: { original: Original; format: string; close: () => void }) {
  const w = useWords(WORDS);
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    let here = true;
    maskMessage(props.original.bytes, props.format).then(
      async (masked) => {
        const told = masked.text ?? spacedHex(fromHex(masked.hex ?? ''));
        const done = await copyText(told);
        if (!here) return;
        setText(told);
        setCopied(done);
      },
      (reason: unknown) => here && setError(reason),
    );
    return () => {
      here = false;
    };
  }, [props.original, props.format]);
  return (
    <dialog ref={dialog} className={styles.dialog} onClose={props.close} aria-label={w.testCase}>
      <h2>{w.testCase}</h2>
      {error ? <Failed error={error} /> : text === null ? <Loading /> : <pre>{text}</pre>}
      <footer>
        <span role="status">{text === null ? '' : copied ? w.testCaseDone : w.testCaseShown}</span>
        {text !== null && <CopyButton text={() => text} />}
        <button type="button" onClick={() => dialog.current?.close()}>
          {w.close}
        </button>
      </footer>
    </dialog>
  );
}
