/** One message: the original on the left, what it says on the right. */
import { useEffect, useMemo, useState } from 'react';
import type { FormatPage, Reading } from '../api/types';
import { useLanguage, useWords } from '../language';
import { Choice } from '../parts/Choice';
import { Failed, Loading, Nothing } from '../states';
import { About } from './About';
import type { Original as Bytes } from './bytes';
import { CopyButton } from './CopyButton';
import { Editor } from './Editor';
import styles from './formats.module.css';
import type { Tab } from './link';
import { Original } from './Original';
import { Remarks } from './Remarks';
import type { Told } from './Remarks';
import { Tree } from './Tree';
import type { Read } from './useReading';
import { WORDS } from './words';

export interface WorkplaceProps {
  original: Bytes;
  change: (original: Bytes) => void;
  read: Read;
  page: FormatPage | null;
  editing: boolean;
  setEditing: (editing: boolean) => void;
  take: (original: Bytes, example: string) => void;
  tab: Tab;
  setTab: (tab: Tab) => void;
}

export function Workplace(props: WorkplaceProps) {
  const w = useWords(WORDS);
  const { original, read, page, tab, setTab } = props;
  const { reading } = read;
  const [hovered, setHovered] = useState<string | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const [remark, setRemark] = useState<number | null>(null);
  const remarks = useMemo(() => remarksOf(reading), [reading]);
  useEffect(() => setPicked(null), [reading]);

  return (
    <div className={styles.halves}>
      <section className={styles.half} aria-label={w.original}>
        <div className={styles.bar}>
          <h2>{w.original}</h2>
          <span className={styles.size}>{w.size(original.bytes.length)}</span>
          <button
            type="button"
            title={w.editHint}
            aria-pressed={props.editing}
            onClick={() => props.setEditing(!props.editing)}
          >
            {props.editing ? w.done : w.edit}
          </button>
        </div>
        {props.editing ? (
          <Editor original={original} change={props.change} done={() => props.setEditing(false)} />
        ) : (
          <Original
            original={original}
            reading={reading}
            remarks={remarks}
            active={hovered ?? picked}
            activeRemark={remark}
            hover={setHovered}
            pick={(path) => {
              setPicked(path);
              setTab('fields');
            }}
          />
        )}
        <Remarks remarks={remarks} active={remark} hover={setRemark} />
      </section>
      <section className={styles.half} aria-label={w.fields}>
        <div className={styles.bar}>
          <Choice
            label={w.fields}
            value={tab}
            choose={setTab}
            options={[
              { value: 'fields', text: w.fields },
              { value: 'json', text: w.json },
              { value: 'about', text: w.about },
            ]}
          />
          {tab === 'json' && reading && <CopyButton text={() => pretty(reading)} />}
        </div>
        {tab === 'about' && page ? (
          <About page={page} take={props.take} />
        ) : (
          <Said
            {...{ read, page, tab, picked }}
            active={hovered ?? picked}
            hover={setHovered}
            pick={setPicked}
          />
        )}
      </section>
    </div>
  );
}

function Said(props: {
  read: Read;
  page: FormatPage | null;
  tab: Tab;
  active: string | null;
  picked: string | null;
  hover: (path: string | null) => void;
  pick: (path: string | null) => void;
}) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { reading, error } = props.read;
  if (error) return <Failed error={error} retry={props.read.retry} />;
  if (!reading) return <Loading />;
  if (!reading.format) {
    return (
      <Nothing text={w.unknown}>
        <span className={styles.hint}>{w.unknownHint}</span>
      </Nothing>
    );
  }
  if (reading.error) {
    return (
      <Nothing text={w.failed}>
        <span className={styles.hint}>{reading.error[language]}</span>
      </Nothing>
    );
  }
  if (props.tab === 'json') return <pre className={styles.json}>{pretty(reading)}</pre>;
  return (
    <Tree
      reading={reading}
      page={props.page}
      active={props.active}
      picked={props.picked}
      hover={props.hover}
      pick={props.pick}
    />
  );
}

/** The fault first, then the notices. */
export function remarksOf(reading: Reading | null): Told[] {
  if (!reading) return [];
  return [...(reading.error ? [{ ...reading.error, fault: true as const }] : []), ...reading.notices];
}

function pretty(reading: Reading): string {
  const messages = reading.messages;
  return JSON.stringify(messages.length === 1 ? messages[0] : messages, null, 2);
}
