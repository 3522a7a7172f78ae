import { useState, type FormEvent } from 'react';
import { useWords } from '../language';
import { Both } from './Both';
import styles from './gate.module.css';
import { recentGates } from './recentGates';
import { gateName } from './roster';
import { TopBar } from './TopBar';
import { WORDS } from './words';

/** First screen of a kiosk that does not know where it stands. */
export function GateChooser({ open }: { open: (gate: string) => void }) {
  const w = useWords(WORDS);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const gate = gateName(text);
    if (gate) open(gate);
    else setWrong(true);
  };
  const recent = recentGates();
  return (
    <div className={styles.kiosk}>
      <TopBar />
      <form className={styles.chooser} onSubmit={submit}>
        <h1>
          <Both word="chooseGate" />
        </h1>
        <p>{w.chooseHint}</p>
        <input
          autoFocus
          data-screen-search
          aria-label={w.gate}
          aria-invalid={wrong}
          maxLength={8}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setWrong(false);
          }}
        />
        {wrong && (
          <p role="alert" className={styles.wrong}>
            {w.badGate}
          </p>
        )}
        <button type="submit" className={styles.big}>
          {w.open}
        </button>
        {recent.length > 0 && (
          <div className={styles.recent}>
            <span>{w.recent}</span>
            {recent.map((gate) => (
              <button key={gate} type="button" onClick={() => open(gate)}>
                {gate}
              </button>
            ))}
          </div>
        )}
      </form>
    </div>
  );
}
