/** What the message says: a tree of fields with their meaning, in step with the original. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { FormatPage, Reading } from '../api/types';
import { useLanguage, useWords } from '../language';
import { Nothing } from '../states';
import { above, branches, rows } from './tree';
import type { Json, Row } from './tree';
import styles from './tree.module.css';
import { WORDS } from './words';

const MOST_ROWS = 2500;
const NO_SHAPES: FormatPage['shapes'] = [];

export interface TreeProps {
  reading: Reading;
  page: FormatPage | null;
  active: string | null;
  /** The value chosen with keys or a press; it is brought into sight. */
  picked: string | null;
  hover: (path: string | null) => void;
  pick: (path: string | null) => void;
}

export function Tree({ reading, page, active, picked, hover, pick }: TreeProps) {
  const w = useWords(WORDS);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const messages = reading.messages as Json[];
  const value = messages.length === 1 ? messages[0]! : messages;
  const root = messages.length === 1 ? '/0' : '';
  const found = useMemo(
    () => rows(value, closed, page?.shapes ?? NO_SHAPES, filter),
    [value, closed, page, filter],
  );
  const exact = useMemo(() => new Map(reading.places.map((one) => [one.path, one.exact])), [reading]);
  const shown = found.slice(0, MOST_ROWS);

  const toggle = (path: string): void =>
    setClosed((before) => {
      const after = new Set(before);
      if (!after.delete(path)) after.add(path);
      return after;
    });

  useEffect(() => {
    if (picked === null) return;
    const path = picked.slice(root.length);
    setClosed((before) => {
      const hidden = above(path).filter((one) => before.has(one));
      return hidden.length ? new Set([...before].filter((one) => !hidden.includes(one))) : before;
    });
    requestAnimationFrame(() =>
      list.current
        ?.querySelector(`[data-path="${CSS.escape(picked)}"]`)
        ?.scrollIntoView({ block: 'nearest' }),
    );
  }, [picked, root]);

  const pressed = (event: KeyboardEvent): void => {
    const at = shown.findIndex((row) => root + row.path === picked);
    const row = shown[at];
    const go = (to: number): void => {
      const next = shown[Math.max(0, Math.min(to, shown.length - 1))];
      if (next) pick(root + next.path);
    };
    const does: Record<string, () => void> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(shown.length - 1),
      ArrowRight: () => (row?.members != null && closed.has(row.path) ? toggle(row.path) : go(at + 1)),
      ArrowLeft: () => {
        if (row?.members != null && !closed.has(row.path)) toggle(row.path);
        else go(shown.findIndex((one) => one.path === above(row?.path ?? '').at(-1)));
      },
      Enter: () => row?.members != null && toggle(row.path),
      Escape: () => pick(null),
    };
    const act = does[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  return (
    <>
      <div className={styles.bar}>
        <input
          type="search"
          data-screen-search
          value={filter}
          placeholder={w.filterHint}
          aria-label={w.filter}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setFilter('')}
        />
        <button type="button" onClick={() => setClosed(new Set())}>
          {w.openAll}
        </button>
        <button type="button" onClick={() => setClosed(new Set(branches(value)))}>
          {w.closeAll}
        </button>
      </div>
      <div
        ref={list}
        className={styles.tree}
        role="tree"
        aria-label={w.fields}
        tabIndex={0}
        onKeyDown={pressed}
        onMouseLeave={() => hover(null)}
      >
        {shown.map((row) => (
          <Item
            key={row.path}
            row={row}
            path={root + row.path}
            open={!closed.has(row.path)}
            place={exact.get(root + row.path)}
            active={active === root + row.path}
            picked={picked === root + row.path}
            hover={hover}
            press={() => {
              pick(root + row.path);
              if (row.members !== null) toggle(row.path);
            }}
          />
        ))}
        {found.length > shown.length && (
          <p className={styles.more}>{w.moreRows(found.length - shown.length)}</p>
        )}
        {found.length === 0 && <Nothing text={filter ? w.noField : w.empty} />}
      </div>
    </>
  );
}

interface ItemProps {
  row: Row;
  path: string;
  open: boolean;
  /** Whether its place is exact; undefined: it has none. */
  place: boolean | undefined;
  active: boolean;
  picked: boolean;
  hover: (path: string) => void;
  press: () => void;
}

function Item({ row, path, open, place, active, picked, hover, press }: ItemProps) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const branch = row.members !== null;
  const told = row.meaning && ((language === 'zh' ? row.meaning.zh : '') || row.meaning.en);
  const meaning = told?.replaceAll('`', '') ?? null;
  const where = place === undefined ? 'nowhere' : place ? 'exact' : 'inferred';
  return (
    <div
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={branch ? open : undefined}
      aria-selected={picked}
      className={styles.item}
      data-path={path}
      data-branch={branch || undefined}
      data-active={active || undefined}
      data-picked={picked || undefined}
      onMouseEnter={() => hover(path)}
      onClick={press}
    >
      <span className={styles.name} style={{ paddingLeft: row.depth * 14 }}>
        {branch ? (
          <span className={styles.arrow} data-open={open || undefined} aria-hidden="true" />
        ) : (
          <span className={styles.where} data-where={where} title={w[where]} />
        )}
        <span>
          {row.name.replaceAll('_', '_\u200b')}
          {row.kind === 'list' && <small>{row.members}</small>}
        </span>
      </span>
      <span className={styles.value} data-kind={row.kind}>
        {branch ? (open ? '' : row.text) : row.kind === 'nothing' || row.text === '' ? w.none : row.text}
        {row.meaning?.unit && row.kind === 'number' && <small> {row.meaning.unit}</small>}
      </span>
      <span className={styles.meaning} title={meaning ?? undefined}>
        {meaning}
      </span>
    </div>
  );
}
