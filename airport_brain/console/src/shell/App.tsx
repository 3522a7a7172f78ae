import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { useLanguage, useWords } from '../language';
import { askSession, useSession } from '../session';
import { Failed, Loading, Nothing } from '../states';
import { Fallible } from './Fallible';
import { Guarded } from './Guarded';
import { Header } from './Header';
import { Help } from './Help';
import { firstScreen, screenAt, SCREENS } from './screens';
import styles from './shell.module.css';
import { useKeys } from './useKeys';
import { WORDS } from './words';

const SignInPage = lazy(() => import('../sign-in/SignInPage'));
const Themed = lazy(() => import('../theme/Themed').then((m) => ({ default: m.Themed })));

/** The whole console. */
export function App() {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const [path] = useLocation();
  const [help, setHelp] = useState(false);
  const showHelp = useCallback(() => setHelp(true), []);
  useKeys(showHelp);

  const screen = screenAt(path);
  useEffect(() => {
    document.title = screen ? `${w[screen.name]} · ${w.product}` : w.product;
  }, [screen, w, language]);

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {w.skip}
      </a>
      {screen?.alone ? null : <Header showHelp={showHelp} />}
      <main id="content" className={styles.content} tabIndex={-1}>
        <Fallible place={path} fallback={(error) => <Crashed error={error} />}>
          <Suspense fallback={<Loading />}>
            <Pages />
          </Suspense>
        </Fallible>
      </main>
      <Help shown={help} close={() => setHelp(false)} />
    </div>
  );
}

function Pages() {
  const w = useWords(WORDS);
  return (
    <Switch>
      {SCREENS.map(({ name, path, scope, Page }) => (
        <Route key={name} path={`${path}/*?`}>
          <Guarded scope={scope}>
            {/* The public page does without Ant Design, so that it opens fast on a phone. */}
            {scope === null ? (
              <Page />
            ) : (
              <Themed>
                <Page />
              </Themed>
            )}
          </Guarded>
        </Route>
      ))}
      <Route path="/sign-in">
        <SignInPage />
      </Route>
      <Route path="/">
        <Start />
      </Route>
      <Route>
        <Nothing text={w.lostPage}>
          <Link href="/">{w.home}</Link>
        </Nothing>
      </Route>
    </Switch>
  );
}

/** The start address leads to the first screen that is open to whoever is here. */
function Start() {
  const session = useSession();
  useEffect(() => {
    if (session.state === 'unknown') void askSession();
  }, [session.state]);
  if (session.state === 'unknown') return <Loading />;
  if (session.state === 'failed') {
    return <Failed error={session.error} retry={() => void askSession()} />;
  }
  if (session.state === 'out') return <Redirect to="/sign-in" replace />;
  return <Redirect to={firstScreen(session.scopes).path} replace />;
}

function Crashed({ error }: { error: unknown }) {
  const w = useWords(WORDS);
  return (
    <Nothing text={`${w.crashed}: ${error instanceof Error ? error.message : String(error)}`}>
      <button type="button" onClick={() => location.reload()}>
        {w.reload}
      </button>
    </Nothing>
  );
}
