/** The original as it is edited: text, or the octets of a binary message as hexadecimal digits. */
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../language';
import { edited, fromBytes, isBinary, octetsOf, spacedHex, withPlainEnds } from './bytes';
import type { Original } from './bytes';
import styles from './formats.module.css';
import { WORDS } from './words';

interface Props {
  original: Original;
  change: (original: Original) => void;
  done: () => void;
}

export function Editor({ original, change, done }: Props) {
  const w = useWords(WORDS);
  const field = useRef<HTMLTextAreaElement>(null);
  const [binary] = useState(() => isBinary(original));
  /** Digits as they were typed: between two of them there is no octet yet. */
  const [digits, setDigits] = useState(() => (binary ? spacedHex(original.bytes) : ''));
  const octets = binary ? octetsOf(digits) : null;
  useEffect(() => field.current?.focus(), []);
  const typed = (text: string): void => {
    if (!binary) {
      change(edited(text, original));
      return;
    }
    setDigits(text);
    const found = octetsOf(text);
    if (found) change(fromBytes(found));
  };
  return (
    <>
      {binary && (
        <p className={styles.editHint} role="status">
          {octets ? w.editHex : w.editHexBad}
        </p>
      )}
      <textarea
        ref={field}
        className={styles.editor}
        aria-label={w.original}
        aria-invalid={binary && octets === null}
        spellCheck={false}
        value={binary ? digits : withPlainEnds(original.text)}
        onChange={(event) => typed(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && done()}
      />
    </>
  );
}
