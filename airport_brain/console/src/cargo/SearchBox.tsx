import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useWords } from '../language';
import { askable, MOST_AT_ONCE, readAwbs } from './awb';
import type { AwbEntry } from './awb';
import styles from './search-box.module.css';
import type { CargoWords } from './words';
import { WORDS } from './words';

const MOST_LINES = 8;

/** The big box: numbers are checked here before anything is asked. */
export function SearchBox(props: { initial: string; ask: (awbs: string[]) => void }) {
  const w = useWords(WORDS);
  const [text, setText] = useState(() => props.initial.split(',').join('\n'));
  const [submitted, setSubmitted] = useState(props.initial !== '');
  const entries = readAwbs(text);
  const faults = told(entries, submitted, w);
  if (submitted && text.trim() === '') faults.push(w.emptyField);
  const { awbs, beyond } = askable(entries);
  if (beyond > 0) faults.push(w.beyond(beyond));

  const submit = (): void => {
    setSubmitted(true);
    if (awbs.length > 0) props.ask(awbs);
  };
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape') event.currentTarget.blur();
  };

  return (
    <form
      className={styles.form}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.box} data-fault={faults.length > 0 || undefined}>
        <textarea
          data-screen-search
          aria-label={w.field}
          aria-describedby="awb-help"
          placeholder={w.hint}
          rows={Math.min(MOST_LINES, Math.max(1, text.split('\n').length))}
          value={text}
          maxLength={4000}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
            setSubmitted(false);
          }}
          onKeyDown={pressed}
        />
        <button type="submit">{w.submit}</button>
      </div>
      <div id="awb-help" className={styles.help}>
        {faults.length > 0 ? (
          <ul role="alert">
            {faults.slice(0, 6).map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        ) : (
          <p>{w.limit(MOST_AT_ONCE)}</p>
        )}
      </div>
    </form>
  );
}

/** A wrong check digit is told at once; unfinished typing only when somebody asks. */
function told(entries: readonly AwbEntry[], submitted: boolean, w: CargoWords): string[] {
  const faults: string[] = [];
  for (const entry of entries) {
    if (entry.kind === 'digit') faults.push(w.digit(entry.awb, entry.found, entry.expected));
    if (entry.kind === 'form' && submitted) faults.push(w.form(entry.text));
  }
  return faults;
}
