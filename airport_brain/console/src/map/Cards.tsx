import { ElementCard } from './ElementCard';
import type { LonLat } from './geodesy';
import type { Airport } from './layers';
import { MoverCard } from './MoverCard';
import type { Parked } from './parked';
import type { Shown } from './permalink';
import type { Scene } from './scene';
import { StandCard } from './StandCard';

interface Props {
  airport: Airport;
  shown: Shown;
  change: (change: Partial<Shown>) => void;
  scene: Scene | null;
  goTo: (at: LonLat) => void;
  parked: Parked[];
}

/** The card of what was chosen. */
export function Cards({ airport, shown, change, scene, goTo, parked }: Props) {
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
        goTo={goTo}
        close={() => change({ stand: '' })}
      />
    );
  }
  if (shown.thing) {
    return (
      <ElementCard
        airport={airport}
        id={shown.thing}
        scene={scene}
        goTo={goTo}
        close={() => change({ thing: '' })}
      />
    );
  }
  return null;
}
