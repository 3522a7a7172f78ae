import { ElementCard } from './ElementCard';
import type { LonLat } from './geodesy';
import type { Airport } from './layers';
import { MoverCard } from './MoverCard';
import type { Parked } from './parked';
import type { Shown } from './permalink';
import type { Scene } from './scene';
import { StandCard } from './StandCard';
import { FenceCard } from './tools/FenceCard';
import { isFenceLayer, type Fence } from './tools/fences';
import type { Edits } from './tools/useEdits';
import type { Fences } from './tools/useFences';
import type { Tools } from './tools/useTools';

interface Props {
  airport: Airport;
  shown: Shown;
  change: (change: Partial<Shown>) => void;
  scene: Scene | null;
  goTo: (at: LonLat) => void;
  parked: Parked[];
  fences: Fences;
  openFence: (fence: Fence) => void;
  edits: Edits;
  tools: Tools;
}

/** The card of what was chosen. */
export function Cards({ airport, shown, change, scene, goTo, parked, fences, openFence, edits, tools }: Props) {
  if (shown.mover) {
    return (
      <MoverCard
        key={shown.mover}
        id={shown.mover}
        following={shown.following}
        follow={(following) => change({ following })}
        close={() => change({ mover: '', following: false })}
        scene={scene}
      />
    );
  }
  if (shown.stand) {
    return (
      <StandCard
        airport={airport}
        number={shown.stand}
        parked={parked.find(({ stand }) => stand === shown.stand) ?? null}
        fences={fences.items ?? []}
        openFence={openFence}
        goTo={goTo}
        close={() => change({ stand: '' })}
      />
    );
  }
  const layer = shown.thing.split('.')[1] ?? '';
  if (isFenceLayer(layer)) {
    return (
      <FenceCard
        key={shown.thing}
        icao={airport.manifest.icao}
        id={shown.thing}
        fence={fences.items?.find(({ id }) => id === shown.thing) ?? null}
        edits={edits}
        tools={tools}
        goTo={goTo}
        close={() => change({ thing: '' })}
      />
    );
  }
  if (shown.thing) {
    return (
      <ElementCard
        airport={airport}
        id={shown.thing}
        scene={scene}
        fences={fences.items ?? []}
        openFence={openFence}
        goTo={goTo}
        close={() => change({ thing: '' })}
      />
    );
  }
  return null;
}
