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
const AREA = 'M5 6l9-2 6 8-5 8-10-3zM5 6h.01M14 4h.01M20 12h.01M15 20h.01M5 17h.01';
const FENCE = 'M4 8l8-4 8 5-3 10H7zM12 10v5M9.500 12.500h5';
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
