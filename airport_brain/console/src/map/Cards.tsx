import type { LonLat } from './geodesy';
import type { Airport } from './layers';
import { MoverCard } from './MoverCard';
import type { Shown } from './permalink';
import type { Scene } from './scene';
import { StandCard } from './StandCard';

interface Props {
  airport: Airport;
  shown: Shown;
  change: (change: Partial<Shown>) => void;
  scene: Scene | null;
  goTo: (at: LonLat) => void;
}

/** The card of what was chosen. */
export function Cards({ airport, shown, change, scene, goTo }: Props) {
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
        goTo={goTo}
        close={() => change({ stand: '' })}
      />
    );
  }
  return null;
}
