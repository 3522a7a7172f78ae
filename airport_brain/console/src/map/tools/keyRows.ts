import { useMemo } from 'react';
import { useWords } from '../../language';
import type { ScreenKeys } from '../../shell/screenKeys';
import { TOOL_WORDS } from './words';

/** The map's keys for the help. */
export function useKeyRows(): ScreenKeys {
  const w = useWords(TOOL_WORDS);
  return useMemo(
    () => ({
      title: w.keysMap,
      rows: [
        [['M'], w.keyMeasure],
        [['A'], w.keyArea],
        [['D'], w.keyFence],
        [['Enter'], w.keyFinish],
        [['Space'], w.keySpace],
        [['Ctrl', 'Z'], w.keyBack],
        [['Ctrl', 'Y'], w.keyForward],
        [['F'], w.keyFollow],
        [['3'], w.keyScene],
        [['N'], w.keyNorth],
        [['R'], w.keyRunway],
        [['0'], w.keyAll],
        [['+', '−'], w.keyZoom],
        [['←', '↑', '→', '↓'], w.keyPan],
        [['P'], w.keyPrint],
        [['Esc'], w.keyEscape],
      ],
    }),
    [w],
  );
}
