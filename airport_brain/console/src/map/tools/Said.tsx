import { useWords } from '../../language';
import styles from './tools.module.css';
import type { Edits } from './useEdits';
import { TOOL_WORDS } from './words';

/** What was done last, with the way back. */
export function Said({ edits }: { edits: Edits }) {
  const w = useWords(TOOL_WORDS);
  if (!edits.said && !edits.refusal) return null;
  return (
    <div className={styles.said} role="status" data-testid="said">
      <span>{edits.refusal ?? edits.said}</span>
      {edits.canUndo && (
        <button type="button" disabled={edits.busy} onClick={edits.undo}>
          {w.undo}
        </button>
      )}
      {edits.canRedo && (
        <button type="button" disabled={edits.busy} onClick={edits.redo}>
          {w.redo}
        </button>
      )}
      <button
        type="button"
        aria-label={w.dismiss}
        title={w.dismiss}
        onClick={() => {
          edits.dismiss();
          edits.clear();
        }}
      >
        ×
      </button>
    </div>
  );
}
