import styles from './choice.module.css';
import { chooseWithArrows } from './radios';

/** One of a few, all in sight. */
export function Choice<T extends string>(props: {
  label: string;
  options: readonly { value: T; text: string; hint?: string }[];
  value: T;
  choose: (value: T) => void;
}) {
  return (
    <div className={styles.choice} role="radiogroup" aria-label={props.label} onKeyDown={chooseWithArrows}>
      {props.options.map(({ value, text, hint }) => (
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={value === props.value}
          tabIndex={value === props.value ? 0 : -1}
          title={hint}
          onClick={() => props.choose(value)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
