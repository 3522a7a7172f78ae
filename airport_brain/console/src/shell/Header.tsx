import { Link, useLocation } from 'wouter';
import { useWorstFeed } from '../gateway/feeds';
import { useLanguage, useWords } from '../language';
import { signOut, useSession } from '../session';
import { useTheme } from '../theme/theme';
import { clockWithSeconds, day, useNow } from '../time';
import styles from './header.module.css';
import { Leave, Mark, Moon, Person, Sun } from './icons';
import { screenAt, SCREENS } from './screens';
import { WORDS } from './words';

/** The bar over every screen: product, navigation, live state, time, switches, who is signed in. */
export function Header({ showHelp }: { showHelp: () => void }) {
  const w = useWords(WORDS);
  return (
    <header className={styles.header}>
      <Link href="/" className={styles.product} aria-label={w.product}>
        <Mark />
        <span className={styles.name}>{w.product}</span>
      </Link>
      <Navigation />
      <div className={styles.tools}>
        <Live />
        <Clock />
        <Switches showHelp={showHelp} />
        <Who />
      </div>
    </header>
  );
}

function Navigation() {
  const w = useWords(WORDS);
  const session = useSession();
  const [path] = useLocation();
  const here = screenAt(path);
  const open = SCREENS.filter(
    ({ scope }) => scope === null || (session.state === 'in' && session.scopes.has(scope)),
  );
  return (
    <nav className={styles.navigation} data-only={open.length === 1 || undefined} aria-label={w.navigation}>
      {open.map((screen) => (
        <Link
          key={screen.name}
          href={screen.path}
          className={screen === here ? `${styles.tab} ${styles.here}` : styles.tab}
          aria-current={screen === here ? 'page' : undefined}
        >
          {w[screen.name]}
        </Link>
      ))}
    </nav>
  );
}

function Live() {
  const w = useWords(WORDS);
  const state = useWorstFeed();
  if (state === null) return null;
  const shown = {
    open: { text: w.live, hint: w.liveHint },
    connecting: { text: w.connecting, hint: w.connectingHint },
    lost: { text: w.lost, hint: w.lostHint },
  }[state];
  return (
    <span className={styles.live} data-state={state} title={shown.hint} role="status">
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.liveText}>{shown.text}</span>
    </span>
  );
}

function Clock() {
  const w = useWords(WORDS);
  const now = useNow(1000);
  return (
    <time className={styles.clock} dateTime={now.toISOString()} title={w.clock}>
      <span className={styles.date}>{day(now, 'shanghai')}</span>
      <span className={styles.hours}>{clockWithSeconds(now, 'shanghai')}</span>
      <span className={styles.place}>{w.clock}</span>
    </time>
  );
}

function Switches({ showHelp }: { showHelp: () => void }) {
  const w = useWords(WORDS);
  const { language, setLanguage } = useLanguage();
  const { theme, setTheme } = useTheme();
  const toTheme = theme === 'dark' ? 'light' : 'dark';
  return (
    <>
      <button
        type="button"
        className={`${styles.tool} ${styles.help}`}
        onClick={showHelp}
        title={w.keys}
        aria-label={w.keys}
      >
        ?
      </button>
      <button
        type="button"
        className={styles.tool}
        onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        title={w.language}
        aria-label={w.language}
      >
        {w.languageShort}
      </button>
      <button
        type="button"
        className={styles.tool}
        onClick={() => setTheme(toTheme)}
        title={w[toTheme]}
        aria-label={w[toTheme]}
      >
        {theme === 'dark' ? <Sun /> : <Moon />}
      </button>
    </>
  );
}

function Who() {
  const w = useWords(WORDS);
  const session = useSession();
  const [path, navigate] = useLocation();
  if (session.state === 'in') {
    return (
      <span className={styles.who} title={w.signedIn(session.name)}>
        <Person />
        <span className={styles.person}>{session.name}</span>
        <button
          type="button"
          className={styles.tool}
          title={w.signOut}
          aria-label={w.signOut}
          onClick={() => void signOut().then(() => navigate('/sign-in'))}
        >
          <Leave />
        </button>
      </span>
    );
  }
  if (path.startsWith('/sign-in')) return null;
  return (
    <Link href={`/sign-in?next=${encodeURIComponent(path)}`} className={styles.signIn}>
      {w.signIn}
    </Link>
  );
}
