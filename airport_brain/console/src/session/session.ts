/** Who is signed in in this browser. */
import { getJson, onSignInNeeded, Problem, sendJson } from '../gateway/client';
import { keep, recall } from '../store/kept';
import { makeStore, useStore } from '../store/store';

export interface SessionView {
  name: string;
  kind: string;
  scopes: string[];
}

/** `unknown` until the gateway was asked; `out` also when the session ended. */
export type Session =
  | { state: 'unknown' }
  | { state: 'out' }
  | { state: 'failed'; error: unknown }
  | { state: 'in'; name: string; kind: string; scopes: ReadonlySet<string> };

export interface Credentials {
  name?: string;
  password?: string;
  access_key?: string;
}

const store = makeStore<Session>({ state: 'unknown' });

/** The cookie is hidden from scripts, so a note of it decides whether a public page asks at all. */
const NOTE = 'signed-in';

export function mayBeSignedIn(): boolean {
  return recall(NOTE) !== null;
}

function enter(view: SessionView): void {
  keep(NOTE, '1');
  store.set({ state: 'in', name: view.name, kind: view.kind, scopes: new Set(view.scopes) });
}

function leave(): void {
  keep(NOTE, null);
  store.set({ state: 'out' });
}

onSignInNeeded(leave);

let asking: Promise<void> | null = null;

/** Ask the gateway who we are; at most one question at a time. */
export function askSession(): Promise<void> {
  asking ??= getJson<SessionView>('/api/session', { quiet: true })
    .then(enter, (error: unknown) => {
      if (error instanceof Problem && error.status === 401) leave();
      else store.set({ state: 'failed', error });
    })
    .finally(() => {
      asking = null;
    });
  return asking;
}

/**
 * Sign in.
 * @throws Problem when name, password or key is not right, or too many were tried.
 */
export async function signIn(credentials: Credentials): Promise<void> {
  enter(await sendJson<SessionView>('POST', '/api/session', credentials, { quiet: true }));
}

export async function signOut(): Promise<void> {
  await sendJson('DELETE', '/api/session', undefined, { quiet: true });
  leave();
}

export function useSession(): Session {
  return useStore(store);
}

/** Whether whoever is signed in holds a scope, e.g. `cargo.shipments.read`. */
export function useMay(scope: string): boolean {
  const session = useStore(store);
  return session.state === 'in' && session.scopes.has(scope);
}
