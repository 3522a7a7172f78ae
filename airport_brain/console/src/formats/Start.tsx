/** The empty workbench: a place to paste into, and an example of every format. */
import type { FormatRow } from '../api/types';
import { useLoad } from '../gateway/useLoad';
import { useLanguage, useWords } from '../language';
import { Failed, Loading } from '../states';
import { getFormats } from './api';
import { fromBytes, fromHex, fromText } from './bytes';
import type { Original } from './bytes';
import styles from './start.module.css';
import { OpenFile, OWNERS } from './Toolbar';
import { WORDS } from './words';

interface Props {
  take: (...originals: (Original | null)[]) => void;
  show: (example: string) => void;
}

export function Start({ take, show }: Props) {
  const w = useWords(WORDS);
  return (
    <div className={styles.start}>
      <header>
        <h1>{w.title}</h1>
        <p>{w.lead}</p>
      </header>
      <div className={styles.drop}>
        <textarea
          data-screen-search
          autoFocus
          placeholder={w.paste}
          aria-label={w.paste}
          spellCheck={false}
          value=""
          onChange={(event) => take(fromText(event.target.value))}
        />
        <div className={styles.under}>
          <span>{w.privacy}</span>
          <OpenFile take={take} />
        </div>
      </div>
      <Examples show={show} />
    </div>
  );
}

function Examples({ show }: { show: (example: string) => void }) {
  const w = useWords(WORDS);
  const formats = useLoad('formats', getFormats);
  if (formats.error) return <Failed error={formats.error} retry={formats.retry} />;
  if (!formats.data) return <Loading />;
  return (
    <section className={styles.examples}>
      <h2>{w.examples}</h2>
      <div className={styles.owners}>
        {OWNERS.map((owner) => (
          <div key={owner}>
            <h3>{w[owner]}</h3>
            <ul>
              {formats.data
                ?.filter((one) => one.owner === owner)
                .map((one) => (
                  <li key={one.name}>
                    <Example one={one} show={show} />
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

function Example({ one, show }: { one: FormatRow; show: (name: string) => void }) {
  const { language } = useLanguage();
  return (
    <button type="button" onClick={() => show(one.name)}>
      <span>{one[language]}</span>
      <small>{one.standard}</small>
    </button>
  );
}

/** An example is text, or hexadecimal digits with blanks where the format is of octets. */
export function exampleOf(example: string, look: string): Original {
  const octets = look === 'binary' && /^[0-9a-f]{2}( [0-9a-f]{2})*$/i.test(example);
  return octets ? fromBytes(fromHex(example)) : fromText(example);
}
