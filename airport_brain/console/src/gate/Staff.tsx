import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Problem } from '../gateway/client';
import { useLanguage, useWords } from '../language';
import { stamp, useZone } from '../time';
import { enrol, withdraw, type GateJourney } from './api';
import { photoOf } from './capture';
import { CHANNELS, CONSENT_TEXT, CONSENT_VERSION, type Channel } from './consent';
import styles from './gate.module.css';
import { boarded, ordered } from './roster';
import { WORDS } from './words';

interface Props {
  items: GateJourney[];
  refresh: () => void;
  close: () => void;
}

type Told = { good: boolean; text: string } | null;

/** Enrolment and withdrawal, by staff, while the passenger is present. */
export function Staff({ items, refresh, close }: Props) {
  const w = useWords(WORDS);
  const dialog = useRef<HTMLDialogElement>(null);
  const [id, setId] = useState('');
  const [told, setTold] = useState<Told>(null);
  const chosen = items.find((one) => one.id === id);
  useEffect(() => dialog.current?.showModal(), []);
  const tell = (next: Told): void => {
    setTold(next);
    if (next?.good) refresh();
  };
  return (
    <dialog ref={dialog} className={styles.staff} onClose={close} aria-label={w.staffTitle}>
      <header>
        <h2>{w.staffTitle}</h2>
        <span>{w.staffHint}</span>
        <button type="button" onClick={() => dialog.current?.close()}>
          {w.close}
        </button>
      </header>
      <label className={styles.field}>
        {w.choosePassenger}
        <select
          value={id}
          onChange={(event) => {
            setId(event.target.value);
            setTold(null);
          }}
        >
          <option value="" />
          {ordered(items)
            .filter((one) => !boarded(one))
            .map((one) => (
              <option key={one.id} value={one.id}>
                {`${one.seat} ${one.name_masked} ${one.flight}${one.enrolled ? ` · ${w.enrolled}` : ''}`}
              </option>
            ))}
        </select>
      </label>
      {chosen &&
        (chosen.enrolled ? (
          <Withdrawal key={id} journey={chosen} tell={tell} />
        ) : (
          <EnrolmentForm key={id} journey={chosen} tell={tell} />
        ))}
      {told && (
        <p role="status" className={styles.toldStaff} data-good={told.good}>
          {told.text}
        </p>
      )}
    </dialog>
  );
}

function EnrolmentForm({ journey, tell }: { journey: GateJourney; tell: (told: Told) => void }) {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { zone } = useZone();
  const [channel, setChannel] = useState<Channel>('counter');
  const [agreed, setAgreed] = useState(false);
  const [birthDate, setBirthDate] = useState('');
  const [guardian, setGuardian] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const names = { counter: w.channelCounter, kiosk: w.channelKiosk, phone: w.channelPhone };

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!file || !agreed) return;
    setBusy(true);
    tell(null);
    try {
      const photo = await photoOf(file).catch(() => {
        throw new Error(w.notPicture);
      });
      const consent = { version: CONSENT_VERSION, channel, guardian, birthDate };
      const done = await enrol(journey.id, photo, consent);
      tell({ good: true, text: w.enrolDone(stamp(new Date(done.purge_at), zone)) });
    } catch (error) {
      tell({ good: false, text: textOf(error) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className={styles.enrol} onSubmit={(event) => void submit(event)}>
      <fieldset>
        <legend>
          {w.consent} · {w.consentVersion(CONSENT_VERSION)}
        </legend>
        <ul>
          {CONSENT_TEXT[language].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <label className={styles.agree}>
          <input
            type="checkbox"
            checked={agreed}
            onChange={(event) => setAgreed(event.target.checked)}
          />
          {w.consentGiven}
        </label>
      </fieldset>
      <label className={styles.field}>
        {w.channel}
        <select value={channel} onChange={(event) => setChannel(event.target.value as Channel)}>
          {CHANNELS.map((one) => (
            <option key={one} value={one}>
              {names[one]}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.field}>
        {w.birthDate}
        <input type="date" value={birthDate} onChange={(event) => setBirthDate(event.target.value)} />
      </label>
      <label className={styles.field}>
        {w.guardian}
        <input
          maxLength={120}
          autoComplete="off"
          value={guardian}
          onChange={(event) => setGuardian(event.target.value)}
        />
      </label>
      <label className={styles.field}>
        {w.documentPhoto}
        <input
          type="file"
          accept="image/jpeg,image/png"
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
      </label>
      <button type="submit" className={styles.big} disabled={!agreed || !file || busy}>
        {busy ? w.enrolling : w.enrol}
      </button>
    </form>
  );
}

function Withdrawal({ journey, tell }: { journey: GateJourney; tell: (told: Told) => void }) {
  const w = useWords(WORDS);
  const [sure, setSure] = useState(false);
  const remove = (): void => {
    if (!sure) return setSure(true);
    withdraw(journey.id).then(
      () => tell({ good: true, text: w.withdrawn }),
      (error: unknown) => tell({ good: false, text: textOf(error) }),
    );
  };
  return (
    <div className={styles.enrol}>
      <button type="button" className={styles.danger} onClick={remove}>
        {sure ? w.withdrawSure : w.withdraw}
      </button>
    </div>
  );
}

function textOf(error: unknown): string {
  if (error instanceof Problem) return error.detail || error.title;
  return error instanceof Error ? error.message : String(error);
}
