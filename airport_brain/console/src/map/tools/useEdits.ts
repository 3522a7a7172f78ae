import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from '../../gateway/client';
import { useLanguage, useWords } from '../../language';
import type { LonLat } from '../geodesy';
import { changeFence, createFence, retireFence, undoEdit, type Draft, type Fence, type Made } from './fences';
import { polygonOf } from './tool';
import { TOOL_WORDS } from './words';

export interface Edits {
  /** What was done last, in a person's words. */
  said: string | null;
  dismiss: () => void;
  busy: boolean;
  /** Why the platform refused the last edit. */
  refusal: string | null;
  clear: () => void;
  /** Give the id of what was saved, `null` when the platform refused. */
  save: (draft: Draft, corners: readonly LonLat[], editing: Editing | null) => Promise<string | null>;
  remove: (fence: Fence, reason: string, version: number) => Promise<boolean>;
  canUndo: boolean;
  canRedo: boolean;
  undo: () => void;
  redo: () => void;
}

export interface Editing {
  fence: Fence;
  version: number;
}

/** Edits of this session, each of which can be taken back; the platform keeps all of them in its audit. */
export function useEdits(icao: string, refresh: () => void): Edits {
  const w = useWords(TOOL_WORDS);
  const { language } = useLanguage();
  const [said, setSaid] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<readonly number[]>([]);
  const [undone, setUndone] = useState<readonly number[]>([]);
  const running = useRef(false);

  useEffect(() => {
    setDone([]);
    setUndone([]);
    setSaid(null);
    setRefusal(null);
  }, [icao]);

  /** One edit at a time; `null` when it was refused or another one is on its way. */
  const attempt = async <T,>(act: () => Promise<T>): Promise<T | null> => {
    if (running.current) return null;
    running.current = true;
    setBusy(true);
    setRefusal(null);
    try {
      return await act();
    } catch (reason) {
      const conflict = reason instanceof Problem && reason.status === 412;
      setRefusal(conflict ? w.conflict : reason instanceof Error ? reason.message : String(reason));
      return null;
    } finally {
      running.current = false;
      setBusy(false);
      refresh();
    }
  };

  const made = (answer: Made, text: string): void => {
    setDone((before) => [...before, answer.edit.number]);
    setUndone([]);
    setSaid(text);
  };

  const save: Edits['save'] = async (draft, corners, editing) => {
    const geometry = corners.length > 0 ? polygonOf(corners) : editing!.fence.geometry;
    const answer = await attempt(() =>
      editing
        ? changeFence(icao, editing.fence, draft, geometry, editing.version)
        : createFence(icao, draft, geometry),
    );
    if (!answer) return null;
    const name = language === 'zh' ? draft.zh || draft.en : draft.en || draft.zh;
    made(answer, editing ? w.changed(name) : w.saved(name));
    return answer.id;
  };

  const remove: Edits['remove'] = async (fence, reason, version) => {
    const answer = await attempt(() => retireFence(icao, fence, reason, version));
    if (answer) made(answer, w.removed(fence[language]));
    return answer !== null;
  };

  const undo = async (): Promise<void> => {
    const number = done.at(-1);
    if (number === undefined) return;
    const answer = await attempt(() => undoEdit(icao, number, w.undoReason));
    if (!answer) return;
    setDone((before) => before.slice(0, -1));
    setUndone((before) => [...before, answer.number]);
    setSaid(w.undone);
  };

  const redo = async (): Promise<void> => {
    const number = undone.at(-1);
    if (number === undefined) return;
    const answer = await attempt(() => undoEdit(icao, number, w.redoReason));
    if (!answer) return;
    setUndone((before) => before.slice(0, -1));
    setDone((before) => [...before, answer.number]);
    setSaid(w.redone);
  };

  return {
    said,
    dismiss: useCallback(() => setSaid(null), []),
    busy,
    refusal,
    clear: useCallback(() => setRefusal(null), []),
    save,
    remove,
    canUndo: done.length > 0,
    canRedo: undone.length > 0,
    undo: () => void undo(),
    redo: () => void redo(),
  };
}
