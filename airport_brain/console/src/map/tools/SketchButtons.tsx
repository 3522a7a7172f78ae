import { useWords } from '../../language';
import styles from './tools.module.css';
import type { Tools } from './useTools';
import { TOOL_WORDS } from './words';

/** Step back, step forward, begin anew. */
export function SketchButtons({ tools: { sketch, step } }: { tools: Tools }) {
  const w = useWords(TOOL_WORDS);
  return (
    <div className={styles.row}>
      <button type="button" disabled={sketch.before.length === 0} onClick={() => step({ do: 'undo' })}>
        {w.stepBack}
      </button>
      <button type="button" disabled={sketch.after.length === 0} onClick={() => step({ do: 'redo' })}>
        {w.stepAgain}
      </button>
      <button
        type="button"
        disabled={sketch.corners.length === 0}
        onClick={() => step({ do: 'begin', corners: [] })}
      >
        {w.restart}
      </button>
    </div>
  );
}
