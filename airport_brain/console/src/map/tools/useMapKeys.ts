import { useEffect, useRef } from 'react';
import { isTyping } from '../../shell/keys';
import { mapKey, type MapKey } from './mapKeys';

/** Listen to the map's keys; `drawing`: a tool is in hand. */
export function useMapKeys(acts: Readonly<Record<MapKey, () => void>>, drawing: boolean): void {
  const latest = useRef({ acts, drawing });
  latest.current = { acts, drawing };
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      // The second key of a pair such as `g m` is taken already; a dialog has its own keys.
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const typing = isTyping(event.target);
      const meant = mapKey(event, latest.current.drawing);
      if (!meant || (typing && meant !== 'print')) return;
      if (typing && !(event.ctrlKey || event.metaKey)) return;
      // A button that has the focus is pressed by these keys.
      const onButton = event.target instanceof Element && event.target.matches('button, summary, a');
      if (onButton && (meant === 'finish' || meant === 'point')) return;
      // MapLibre zooms by itself when its canvas has the focus.
      const onMap = event.target instanceof HTMLCanvasElement;
      if (onMap && (meant === 'closer' || meant === 'farther')) return;
      event.preventDefault();
      latest.current.acts[meant]();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
