/** What each of the map's keys does. */

import type { Airport } from './layers';
import type { Shown } from './permalink';
import type { Scene } from './scene';
import type { MapKey } from './tools/mapKeys';
import type { Tool } from './tools/tool';
import type { Edits } from './tools/useEdits';
import type { Tools } from './tools/useTools';

interface Given {
  scene: Scene | null;
  airport: Airport;
  shown: Shown;
  change: (change: Partial<Shown>) => void;
  tools: Tools;
  edits: Edits;
  print: () => void;
}

export function keyActs({ scene, airport, shown, change, tools, edits, print }: Given): Record<MapKey, () => void> {
  const { tool, sketch, take, step } = tools;
  const toggle = (next: Tool) => () => take(tool?.kind === next.kind ? null : next);
  return {
    distance: toggle({ kind: 'distance' }),
    area: toggle({ kind: 'area' }),
    fence: toggle({ kind: 'fence', editing: null }),
    print,
    follow: () => {
      if (shown.mover) change({ following: !shown.following });
    },
    scene: () => change({ three: !shown.three }),
    north: () => scene?.turnTo(0),
    runway: () => scene?.turnTo(airport.manifest.bearing_deg),
    all: () => scene?.showAll(),
    closer: () => scene?.zoomBy(1),
    farther: () => scene?.zoomBy(-1),
    escape: () => {
      if (tool) take(null);
      else change({ mover: '', stand: '', thing: '', following: false });
    },
    finish: () => step({ do: 'finish' }),
    point: () => {
      if (!scene || !tool) return;
      const { lng, lat } = scene.ground.getCenter();
      step({ do: 'add', at: [lng, lat] });
    },
    back: () => {
      if (sketch.before.length > 0) step({ do: 'undo' });
      else if (!tool) edits.undo();
    },
    forward: () => {
      if (tool) step({ do: 'redo' });
      else edits.redo();
    },
  };
}
