/** Light and dark: the system's choice until somebody chooses; `?theme=dark` wins. */
import { asked, keep, recall } from '../store/kept';
import { makeStore, useStore } from '../store/store';

export type Theme = 'light' | 'dark';

function named(text: string | null): Theme | null {
  return text === 'light' || text === 'dark' ? text : null;
}

const system =
  typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)');

let stated = named(asked('theme')) ?? named(recall('theme'));

function effective(): Theme {
  return stated ?? (system?.matches ? 'dark' : 'light');
}

const store = makeStore<Theme>(effective());

function apply(): void {
  if (typeof document !== 'undefined') document.documentElement.dataset.theme = effective();
  store.set(effective());
}

system?.addEventListener('change', apply);
apply();

function setTheme(theme: Theme): void {
  stated = theme;
  keep('theme', theme);
  apply();
}

export function useTheme(): { theme: Theme; setTheme: (theme: Theme) => void } {
  return { theme: useStore(store), setTheme };
}
