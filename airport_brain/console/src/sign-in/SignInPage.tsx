import { useState } from 'react';
import type { FormEvent } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { Problem } from '../gateway/client';
import { useWords } from '../language';
import { signIn } from '../session';
import { Mark } from '../shell/icons';
import { nextOf } from './next';
import styles from './sign-in.module.css';
import { WORDS } from './words';

type Way = 'name' | 'key';

/** Name and password, or an access key. */
export default function SignInPage() {
  const w = useWords(WORDS);
  const [, navigate] = useLocation();
  const search = useSearch();
  const [way, setWay] = useState<Way>('name');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    setBusy(true);
    setFault('');
    try {
      await signIn(
        way === 'name'
          ? { name: text('name'), password: String(form.get('password') ?? '') }
          : { access_key: text('access_key') },
      );
      navigate(nextOf(search), { replace: true });
    } catch (error) {
      setFault(explain(error, w));
      setBusy(false);
    }
  };

  return (
    <div className={styles.page}>
      <form className={styles.card} onSubmit={(event) => void submit(event)}>
        <h1>
          <Mark />
          {w.title}
        </h1>
        {new URLSearchParams(search).has('next') && <p className={styles.need}>{w.need}</p>}
        <div className={styles.ways} role="tablist">
          {(['name', 'key'] as const).map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              aria-selected={way === one}
              onClick={() => {
                setWay(one);
                setFault('');
              }}
            >
              {one === 'name' ? w.byName : w.byKey}
            </button>
          ))}
        </div>
        {way === 'name' ? (
          <>
            <Field label={w.name} name="name" autoComplete="username" />
            <Field label={w.password} name="password" autoComplete="current-password" secret />
          </>
        ) : (
          <>
            <Field label={w.key} name="access_key" autoComplete="off" secret />
            <p className={styles.hint}>{w.keyHint}</p>
          </>
        )}
        {fault && (
          <p className={styles.fault} role="alert">
            {fault}
          </p>
        )}
        <button type="submit" className={styles.submit} disabled={busy}>
          {busy ? w.busy : w.submit}
        </button>
        <Link href="/cargo" className={styles.public}>
          {w.public}
        </Link>
      </form>
    </div>
  );
}

function Field(props: { label: string; name: string; autoComplete: string; secret?: boolean }) {
  const w = useWords(WORDS);
  const [shown, setShown] = useState(false);
  return (
    <label className={styles.field}>
      <span>{props.label}</span>
      <span className={styles.box}>
        <input
          key={props.name}
          name={props.name}
          type={props.secret && !shown ? 'password' : 'text'}
          autoComplete={props.autoComplete}
          autoFocus={props.name !== 'password'}
          spellCheck={false}
          autoCapitalize="none"
          maxLength={200}
          required
        />
        {props.secret && (
          <button type="button" onClick={() => setShown(!shown)} aria-pressed={shown}>
            {shown ? w.hide : w.show}
          </button>
        )}
      </span>
    </label>
  );
}

function explain(error: unknown, w: (typeof WORDS)['zh']): string {
  if (!(error instanceof Problem)) return w.failed + String(error);
  if (error.status === 401) return w.wrong;
  if (error.status === 429) return w.tooMany(error.retryAfterS ?? 10);
  if (error.status === 0) return w.unreachable;
  return w.failed + (error.detail || error.title);
}
