/** What the message is, and everything one can do with it. */
import { useRef, useState } from 'react';
import type { FormatRow, Reading } from '../api/types';
import { useLoad } from '../gateway/useLoad';
import { useLanguage, useWords } from '../language';
import { Choice } from '../parts/Choice';
import { AUTO, getFormats } from './api';
import type { Mode } from './api';
import type { Original } from './bytes';
import { TestCase } from './TestCase';
import styles from './toolbar.module.css';
import { originalsOf } from './useArrivals';
import { WORDS } from './words';

export interface ToolbarProps {
  reading: Reading | null;
  waiting: boolean;
  original: Original;
  format: string;
  setFormat: (name: string) => void;
  mode: Mode;
  setMode: (mode: Mode) => void;
  take: (...originals: (Original | null)[]) => void;
  clear: () => void;
  comparing: boolean;
  compare: () => void;
}

export function Toolbar(props: ToolbarProps) {
  const w = useWords(WORDS);
  const { reading } = props;
  const formats = useLoad('formats', getFormats).data ?? [];
  const [testCase, setTestCase] = useState(false);
  return (
    <div className={styles.toolbar}>
      <Verdict {...props} formats={formats} />
      <Choice
        label={w.mode}
        value={props.mode}
        choose={props.setMode}
        options={[
          { value: 'tolerant', text: w.tolerant, hint: w.tolerantHint },
          { value: 'strict', text: w.strict, hint: w.strictHint },
        ]}
      />
      <OpenFile take={props.take} />
      <button
        type="button"
        className={styles.button}
        title={w.compareHint}
        aria-pressed={props.comparing}
        onClick={props.compare}
      >
        {props.comparing ? w.endCompare : w.compare}
      </button>
      <button
        type="button"
        className={styles.button}
        title={w.testCaseHint}
        disabled={!reading?.format || reading.error !== null}
        onClick={() => setTestCase(true)}
      >
        {w.testCase}
      </button>
      <button type="button" className={styles.button} onClick={props.clear}>
        {w.clear}
      </button>
      {testCase && reading?.format && (
        <TestCase
          original={props.original}
          format={reading.format}
          close={() => setTestCase(false)}
        />
      )}
    </div>
  );
}

/** The format, how sure it is, what else it may be, and how the reading went. */
function Verdict(props: ToolbarProps & { formats: readonly FormatRow[] }) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { reading, formats, format } = props;
  const named = (name: string): string =>
    formats.find((one) => one.name === name)?.[language] ?? name;
  const others = reading?.candidates.filter((one) => one.name !== reading.format) ?? [];
  const tone = !reading ? 'calm' : reading.error ? 'bad' : reading.notices.length ? 'warn' : 'ok';
  const share = new Intl.NumberFormat(language, { style: 'percent' });
  return (
    <div className={styles.verdict} aria-live="polite" data-waiting={props.waiting || undefined}>
      <span className={styles.dot} data-tone={tone} aria-hidden="true" />
      <select
        aria-label={w.format}
        value={format}
        onChange={(event) => props.setFormat(event.target.value)}
      >
        <option value={AUTO}>
          {reading?.format && format === AUTO ? w.autoAs(named(reading.format)) : w.auto}
        </option>
        {OWNERS.map((owner) => (
          <optgroup key={owner} label={w[owner]}>
            {formats
              .filter((one) => one.owner === owner)
              .map((one) => (
                <option key={one.name} value={one.name}>
                  {one[language]}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      {reading?.format && reading.confidence > 0 && (
        <span className={styles.quiet}>{w.confidence(share.format(reading.confidence))}</span>
      )}
      {reading && (
        <strong data-tone={tone}>
          {!reading.format
            ? w.unknown
            : reading.error
              ? w.failed
              : `${w.readOne(reading.messages.length)} · ${
                  reading.notices.length ? w.noticed(reading.notices.length) : w.clean
                }`}
        </strong>
      )}
      {others.length > 0 && (
        <span className={styles.others}>
          {w.also}
          {others.slice(0, 3).map((one) => (
            <button key={one.name} type="button" onClick={() => props.setFormat(one.name)}>
              {named(one.name)} {share.format(one.confidence)}
            </button>
          ))}
        </span>
      )}
    </div>
  );
}

export const OWNERS = ['operations', 'spatiotemporal', 'passenger', 'cargo'] as const;

/** Opens a file, or two to compare. */
export function OpenFile({ take }: { take: (...originals: (Original | null)[]) => void }) {
  const w = useWords(WORDS);
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={styles.button} onClick={() => field.current?.click()}>
        {w.open}
      </button>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label={w.open}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) void originalsOf(files).then((read) => take(...read));
        }}
      />
    </>
  );
}
