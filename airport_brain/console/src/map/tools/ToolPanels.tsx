import { Icon } from '../Icon';
import type { Airport } from '../layers';
import type { Scene } from '../scene';
import { FencePanel } from './FencePanel';
import { MeasurePanel } from './MeasurePanel';
import { Sketchpad } from './Sketchpad';
import styles from './tools.module.css';
import type { Edits } from './useEdits';
import type { Tools } from './useTools';

interface Props {
  airport: Airport;
  scene: Scene | null;
  tools: Tools;
  edits: Edits;
  /** A fence was saved. */
  saved: (id: string) => void;
}

/** The drawing of the tool in hand and its panel. */
export function ToolPanels({ airport, scene, tools, edits, saved }: Props) {
  const { tool, sketch } = tools;
  if (!tool) return null;
  return (
    <>
      <Sketchpad scene={scene} tools={tools} />
      {!sketch.done && (
        <span className={styles.cross} aria-hidden="true">
          <Icon path="M12 3v18M3 12h18" />
        </span>
      )}
      {tool.kind === 'fence' ? (
        <FencePanel
          key={tool.editing?.fence.id ?? ''}
          airport={airport}
          tools={tools}
          edits={edits}
          saved={saved}
        />
      ) : (
        <MeasurePanel tools={tools} />
      )}
    </>
  );
}
