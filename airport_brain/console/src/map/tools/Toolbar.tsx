import { useWords } from '../../language';
import { Icon } from '../Icon';
import type { Tool } from './tool';
import styles from './tools.module.css';
import { TOOL_WORDS } from './words';

interface Props {
  tool: Tool | null;
  take: (tool: Tool | null) => void;
  print: () => void;
}

const RULER = 'M3 16L16 3l5 5L8 21zM7 12l2 2M10 9l3 3M13 6l2 2';
const AREA = 'M4 6h16v12H4zM4 12l6-6M4 18L16 6M10 18L20 8M16 18l4-4';
const FENCE = 'M5 20V8l2-3 2 3v12zM15 20V8l2-3 2 3v12zM9 11h6M9 16h6M2 11h3M2 16h3M19 11h3M19 16h3';
const PRINTER = 'M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z';

/** Measure, draw, print. */
export function Toolbar({ tool, take, print }: Props) {
  const w = useWords(TOOL_WORDS);
  const toggle = (next: Tool): void => take(tool?.kind === next.kind ? null : next);
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={w.tools}>
      <Button
        name="distance"
        title={w.distance}
        pressed={tool?.kind === 'distance'}
        path={RULER}
        act={() => toggle({ kind: 'distance' })}
      />
      <Button
        name="area"
        title={w.area}
        pressed={tool?.kind === 'area'}
        path={AREA}
        act={() => toggle({ kind: 'area' })}
      />
      <Button
        name="fence"
        title={w.fence}
        pressed={tool?.kind === 'fence'}
        path={FENCE}
        act={() => toggle({ kind: 'fence', editing: null })}
      />
      <Button name="print" title={w.print} path={PRINTER} act={print} />
    </div>
  );
}

function Button({
  name,
  title,
  pressed,
  path,
  act,
}: {
  name: string;
  title: string;
  pressed?: boolean;
  path: string;
  act: () => void;
}) {
  return (
    <button
      type="button"
      data-testid={`tool-${name}`}
      aria-label={title}
      title={title}
      aria-pressed={pressed}
      onClick={act}
    >
      <Icon path={path} />
    </button>
  );
}
