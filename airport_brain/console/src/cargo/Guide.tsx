import { useWords } from '../language';
import styles from './guide.module.css';
import { WORDS } from './words';

/** What a first visitor may want to know. */
export function Guide() {
  const w = useWords(WORDS);
  const parts: readonly (readonly [string, string])[] = [
    ['112', w.prefix],
    ['1234567', w.serial],
    ['5', w.check],
  ];
  return (
    <div className={styles.guide}>
      <section>
        <h2>{w.anatomy}</h2>
        <div className={styles.number}>
          {parts.map(([digits, name]) => (
            <span key={name}>
              <b>{digits}</b>
              <small>{name}</small>
            </span>
          ))}
        </div>
        <p>{w.anatomyNote}</p>
      </section>
      <section>
        <h2>{w.shows}</h2>
        <ul>
          <li>{w.showsStages}</li>
          <li>{w.showsParts}</li>
          <li>{w.showsPrivate}</li>
        </ul>
      </section>
    </div>
  );
}
