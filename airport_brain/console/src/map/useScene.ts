import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { useLanguage } from '../language';
import { useTheme } from '../theme';
import type { Airport } from './layers';
import type { Shown } from './permalink';
import { Scene, type Watching } from './scene';

/** A scene in a container, kept equal to what is shown. */
export function useScene(
  container: RefObject<HTMLDivElement | null>,
  airport: Airport,
  shown: Shown,
  followed: number,
  watching: Watching,
): { scene: Scene | null; failed: boolean; reselect: () => void } {
  const { theme } = useTheme();
  const { language } = useLanguage();
  const [scene, setScene] = useState<Scene | null>(null);
  const [failed, setFailed] = useState(false);
  const latest = useRef({ airport, shown });
  latest.current = { airport, shown };
  const hidden = shown.hidden.join(',');
  const fleetsOff = shown.fleetsOff.join(',');

  useEffect(() => {
    const { airport: first, shown: start } = latest.current;
    const looks = { theme, language, hidden: new Set(start.hidden), three: start.three };
    let made: Scene;
    try {
      made = new Scene(container.current!, first, looks, start.view, watching);
    } catch (error) {
      console.error(error);
      setFailed(true);
      return undefined;
    }
    setScene(made);
    return () => {
      made.destroy();
      setScene(null);
    };
    // Looks are kept equal below; only a new container or watcher needs a new scene.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [container, watching]);

  useEffect(() => {
    scene?.setAirport(airport, latest.current.shown.view);
  }, [scene, airport]);

  useEffect(() => {
    const { view } = latest.current.shown;
    if (followed > 0 && view) scene?.show(view);
  }, [scene, followed]);

  useEffect(() => {
    scene?.setLooks({ theme, language, hidden: setOf(hidden), three: shown.three });
  }, [scene, theme, language, hidden, shown.three]);

  useEffect(() => {
    scene?.setFilter(setOf(fleetsOff), shown.only);
  }, [scene, fleetsOff, shown.only]);

  const reselect = useCallback(() => {
    const { mover, following } = latest.current.shown;
    scene?.choose(mover ? scene.motion.find(mover) : -1, following);
  }, [scene]);
  useEffect(reselect, [reselect, shown.mover, shown.following]);

  useEffect(() => {
    scene?.chooseStand(shown.stand);
  }, [scene, airport, shown.stand]);

  useEffect(() => {
    scene?.chooseThing(shown.thing);
  }, [scene, airport, shown.thing]);

  return { scene, failed, reselect };
}

function setOf(list: string): ReadonlySet<string> {
  return new Set(list.split(',').filter((name) => name !== ''));
}
