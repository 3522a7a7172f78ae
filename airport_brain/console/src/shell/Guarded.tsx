import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Redirect, useLocation } from 'wouter';
import { Problem } from '../gateway/client';
import { askSession, mayBeSignedIn, useSession } from '../session';
import { Failed, Loading } from '../states';

/** Lets content through when whoever is signed in holds the scope; sends strangers to sign in. */
export function Guarded({ scope, children }: { scope: string | null; children: ReactNode }) {
  const session = useSession();
  const [path] = useLocation();
  // A public page asks only when somebody signed in here before: strangers cause no refused request.
  const ask = session.state === 'unknown' && (scope !== null || mayBeSignedIn());
  useEffect(() => {
    if (ask) void askSession();
  }, [ask]);

  if (scope === null) return children;
  if (session.state === 'unknown') return <Loading />;
  if (session.state === 'failed') {
    return <Failed error={session.error} retry={() => void askSession()} />;
  }
  if (session.state === 'out') {
    return <Redirect to={`/sign-in?next=${encodeURIComponent(path)}`} replace />;
  }
  if (!session.scopes.has(scope)) return <Failed error={new Problem(403, 'Forbidden', '')} />;
  return children;
}
