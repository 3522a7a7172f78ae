import { useEffect, useState } from 'react';
import { useLanguage } from '../../language';
import { useTheme } from '../../theme';
import type { Scene } from '../scene';
import { FenceLayers } from './fenceLayers';
import type { Fences } from './useFences';

/** Keep the fences on the map equal to those that the platform has. */
export function useFencesDrawn(scene: Scene | null, { items }: Fences, hidden: boolean): void {
  const { theme } = useTheme();
  const { language } = useLanguage();
  const [drawn, setDrawn] = useState<FenceLayers | null>(null);
  useEffect(() => {
    if (!scene) return undefined;
    const made = new FenceLayers(scene.ground);
    setDrawn(made);
    return () => {
      made.destroy();
      setDrawn(null);
    };
  }, [scene]);
  useEffect(() => {
    drawn?.show(items ?? [], { theme, language, hidden });
  }, [drawn, items, theme, language, hidden]);
}
