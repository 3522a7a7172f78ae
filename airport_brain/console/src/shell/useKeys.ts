import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { isTyping, meaning, PAIR_MS } from './keys';
import { SCREENS } from './screens';

/** Listen to the keys that work everywhere. */
export function useKeys(showHelp: () => void): void {
  const [, navigate] = useLocation();
  const first = useRef<{ key: string; at: number } | null>(null);

  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target)) return;
      const begun = first.current;
      const pair = begun && performance.now() - begun.at < PAIR_MS ? begun.key : null;
      first.current = null;
      const action = meaning(event.key, pair);
      if (action.do === 'nothing') return;
      if (action.do === 'wait') {
        first.current = { key: event.key, at: performance.now() };
        return;
      }
      event.preventDefault();
      if (action.do === 'help') showHelp();
      if (action.do === 'go') {
        const screen = SCREENS.find((one) => one.key === action.key);
        if (screen) navigate(screen.path);
      }
      if (action.do === 'search') {
        const field = document.querySelector<HTMLInputElement>('[data-screen-search]');
        field?.focus();
        field?.select();
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [navigate, showHelp]);
}
