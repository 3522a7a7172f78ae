import styles from './search.module.css';

/** The search box of a screen: `/` goes to it, Esc empties it. */
export function SearchField(props: {
  label: string;
  hint: string;
  value: string;
  change: (text: string) => void;
}) {
  return (
    <label className={styles.search}>
      <svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
        <circle cx="11" cy="11" r="6.500" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M16 16l5 5" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      <span className="visually-hidden">{props.label}</span>
      <input
        type="search"
        data-screen-search
        value={props.value}
        placeholder={props.hint}
        maxLength={100}
        spellCheck={false}
        onChange={(event) => props.change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (props.value) props.change('');
          else event.currentTarget.blur();
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </label>
  );
}
