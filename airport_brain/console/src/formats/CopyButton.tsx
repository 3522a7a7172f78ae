import { useEffect, useState } from 'react';
import { useWords } from '../language';
import { WORDS } from './words';

const SHOWN_MS = 2000;

/** Puts a text on the clipboard and says so for a moment. */
export function CopyButton({ text, label }: { text: () => string; label?: string }) {
  const w = useWords(WORDS);
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <button
      type="button"
      onClick={() => void copyText(text()).then(setDone)}
    >
      {done ? w.copied : (label ?? w.copy)}
    </button>
  );
}

/** Whether the text is on the clipboard now; pages without a secure origin may have none. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
