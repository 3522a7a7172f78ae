import styles from './choice.module.css';

/** One of a few, all in sight. */
export function Choice<T extends string>(props: {
  label: string;
  options: readonly { value: T; text: string; hint?: string }[];
  value: T;
  choose: (value: T) => void;
}) {
  return (
    <div className={styles.choice} role="radiogroup" aria-label={props.label}>
      {props.options.map(({ value, text, hint }) => (
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={value === props.value}
          title={hint}
          onClick={() => props.choose(value)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
