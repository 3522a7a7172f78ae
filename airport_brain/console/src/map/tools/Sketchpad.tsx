import type { PointerEvent } from 'react';
import { useWords } from '../../language';
import type { LonLat } from '../geodesy';
import type { Scene } from '../scene';
import { areaM2, areaText, bearingText, legsOf, metresText } from './measuring';
import type { Tools } from './useTools';
import styles from './tools.module.css';
import { useProjected, type Project } from './useProjected';
import { TOOL_WORDS } from './words';

/** Legs shorter than this on the screen carry no text. */
const LABEL_PIXELS = 74;

interface Props {
  scene: Scene | null;
  tools: Tools;
}

/** What is being drawn: lines, corners that can be dragged, lengths beside them. Above the map. */
export function Sketchpad({ scene, tools }: Props) {
  const { tool, sketch, pointer, step } = tools;
  const project = useProjected(scene, tool !== null);
  if (!tool || !scene) return null;
  const { corners, done } = sketch;
  const open = !done && pointer && corners.length > 0 ? [...corners, pointer] : corners;
  const ring = tool.kind !== 'distance';
  const shown = ring && open.length > 2 ? [...open, open[0]!] : open;
  return (
    <svg className={styles.pad} data-testid="sketch" data-corners={corners.length} data-done={done}>
      <Outline points={shown} filled={ring} project={project} />
      <Lengths points={shown} bearings={tool.kind === 'distance'} project={project} />
      {ring && open.length > 2 && <Area corners={open} project={project} />}
      {ring && done && <Middles corners={corners} step={step} project={project} />}
      {corners.map((corner, at) => (
        <Corner
          key={at}
          at={at}
          place={corner}
          closes={ring && !done && at === 0 && corners.length > 2}
          scene={scene}
          step={step}
          project={project}
        />
      ))}
    </svg>
  );
}

function Outline({ points, filled, project }: { points: readonly LonLat[]; filled: boolean; project: Project }) {
  const path = points.map((point) => {
    const { x, y } = project(point);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  if (path.length < 2) return null;
  return (
    <>
      {filled && <polygon className={styles.filled} points={path.join(' ')} />}
      <polyline className={styles.halo} points={path.join(' ')} />
      <polyline className={styles.line} points={path.join(' ')} />
    </>
  );
}

function Lengths({
  points,
  bearings,
  project,
}: {
  points: readonly LonLat[];
  bearings: boolean;
  project: Project;
}) {
  return legsOf(points).map(({ metres, bearingDeg }, at) => {
    const [a, b] = [project(points[at]!), project(points[at + 1]!)];
    if (Math.hypot(a.x - b.x, a.y - b.y) < LABEL_PIXELS) return null;
    const text = bearings ? `${metresText(metres)} · ${bearingText(bearingDeg)}` : metresText(metres);
    return (
      <text key={at} className={styles.text} x={(a.x + b.x) / 2} y={(a.y + b.y) / 2 - 6}>
        {text}
      </text>
    );
  });
}

function Area({ corners, project }: { corners: readonly LonLat[]; project: Project }) {
  const middle: LonLat = [
    corners.reduce((sum, [x]) => sum + x, 0) / corners.length,
    corners.reduce((sum, [, y]) => sum + y, 0) / corners.length,
  ];
  const { x, y } = project(middle);
  return (
    <text className={styles.area} x={x} y={y}>
      {areaText(areaM2(corners))}
    </text>
  );
}

interface CornerProps {
  at: number;
  place: LonLat;
  /** A click here closes the ring. */
  closes: boolean;
  scene: Scene;
  step: Tools['step'];
  project: Project;
}

function Corner({ at, place, closes, scene, step, project }: CornerProps) {
  const w = useWords(TOOL_WORDS);
  const { x, y } = project(place);
  const drag = dragging(scene, at, step);
  return (
    <circle
      className={closes ? styles.closing : styles.corner}
      data-corner={at}
      cx={x}
      cy={y}
      r={closes ? 9 : 6.5}
      onClick={() => {
        if (closes) step({ do: 'finish' });
      }}
      onDoubleClick={() => step({ do: 'finish' })}
      onContextMenu={(event) => {
        event.preventDefault();
        step({ do: 'remove', corner: at });
      }}
      {...drag}
    >
      <title>{closes ? w.closeRing : w.cornerHint}</title>
    </circle>
  );
}

/** Points between corners: dragging one makes it a corner. */
function Middles({ corners, step, project }: { corners: readonly LonLat[]; step: Tools['step']; project: Project }) {
  const w = useWords(TOOL_WORDS);
  return corners.map(([ax, ay], at) => {
    const [bx, by] = corners[(at + 1) % corners.length]!;
    const middle: LonLat = [(ax + bx) / 2, (ay + by) / 2];
    const { x, y } = project(middle);
    return (
      <circle
        key={at}
        className={styles.middle}
        data-middle={at}
        cx={x}
        cy={y}
        r={5}
        onClick={() => step({ do: 'insert', behind: at, at: middle })}
      >
        <title>{w.newCorner}</title>
      </circle>
    );
  });
}

function dragging(scene: Scene, corner: number, step: Tools['step']) {
  return {
    onPointerDown: (event: PointerEvent<SVGCircleElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      event.currentTarget.dataset.held = 'down';
    },
    onPointerMove: (event: PointerEvent<SVGCircleElement>) => {
      const { held } = event.currentTarget.dataset;
      if (!held) return;
      // A click that trembles is no drag, and dragging is one step back, not fifty.
      if (held === 'down') step({ do: 'grab' });
      event.currentTarget.dataset.held = 'dragged';
      const frame = scene.ground.getContainer().getBoundingClientRect();
      const { lng, lat } = scene.ground.unproject([event.clientX - frame.left, event.clientY - frame.top]);
      step({ do: 'move', corner, to: [lng, lat] });
    },
    onPointerUp: (event: PointerEvent<SVGCircleElement>) => {
      delete event.currentTarget.dataset.held;
    },
  };
}
