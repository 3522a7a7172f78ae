import { useEffect, useRef } from 'react';
import { useWords } from '../language';
import styles from './help.module.css';
import { useScreenKeys } from './screenKeys';
import { WORDS } from './words';

type Rows = readonly (readonly [readonly string[], string])[];

/** The list of keyboard shortcuts, over the screen: those of everywhere and those of the open screen. */
export function Help({ shown, close }: { shown: boolean; close: () => void }) {
  const w = useWords(WORDS);
  const own = useScreenKeys();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);
  const rows: Rows = [
    [['/'], w.keySearch],
    [['g', 'f'], w.keyFlights],
    [['g', 'm'], w.keyMap],
    [['g', 'g'], w.keyGate],
    [['g', 'c'], w.keyCargo],
    [['g', 'b'], w.keyFormats],
    [['↑', '↓', 'Enter'], w.keyMove],
    [['Esc'], w.keyClose],
    [['?'], w.keyHelp],
  ];
  return (
    <dialog ref={dialog} className={styles.dialog} onClose={close} aria-label={w.keys}>
      {/* The button takes the focus: below the lists it would scroll them out of sight. */}
      <header>
        <h2>{w.keys}</h2>
        <button type="button" onClick={close}>
          {w.close}
        </button>
      </header>
      <KeyList rows={rows} />
      {own && (
        <>
          <h3>{own.title}</h3>
          <KeyList rows={own.rows} own />
        </>
      )}
    </dialog>
  );
}

function KeyList({ rows, own = false }: { rows: Rows; own?: boolean }) {
  return (
    <dl className={own ? styles.own : undefined}>
      {rows.map(([keys, what]) => (
        <div key={what}>
          <dt>
            {keys.map((key) => (
              <kbd key={key + what + keys.indexOf(key)}>{key}</kbd>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
