import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { AwbAnswer } from '../api/types';
import { getJson } from '../gateway/client';
import { useLoad } from '../gateway/useLoad';
import { useWords } from '../language';
import { useMay } from '../session';
import { Failed, Loading } from '../states';
import { useNow } from '../time';
import { addressOf, askable, readAwbs } from './awb';
import styles from './cargo.module.css';
import { Guide } from './Guide';
import { Recent } from './Recent';
import { Results } from './Results';
import { SearchBox } from './SearchBox';
import { WORDS } from './words';

const RENEW_MS = 60_000;

/** 空运通: the page open to the public. Numbers in, milestones out. */
export default function CargoPage() {
  const w = useWords(WORDS);
  const [path, navigate] = useLocation();
  const address = decodeURIComponent(path.split('/')[2] ?? '');
  const { awbs } = askable(readAwbs(address));
  const asked = awbs.join(',');
  const mayList = useMay('cargo.shipments.read');

  // An open page keeps itself up to date.
  const turn = Math.floor(useNow(RENEW_MS).getTime() / RENEW_MS);
  const { data, error, loading, retry } = useLoad<AwbAnswer[]>(
    asked ? `${asked}@${turn}` : null,
    (signal) => getJson('/api/public/cargo/shipments', { signal, query: { awb: awbs } }),
    asked || null,
  );

  useEffect(() => {
    if (awbs.length === 1) document.title = `${awbs[0]} · ${w.title}`;
  }, [asked, w]);

  return (
    <div className={styles.page}>
      <section className={asked ? `${styles.hero} ${styles.small}` : styles.hero}>
        <div className={styles.inner}>
          <h1>{w.title}</h1>
          <p className={styles.lead}>{w.lead}</p>
          <SearchBox
            key={address}
            initial={address}
            ask={(found) => {
              if (addressOf(found) === path) retry();
              else navigate(addressOf(found));
            }}
          />
        </div>
      </section>
      <div className={styles.content}>
        {asked && error ? (
          <Failed error={error} retry={retry} />
        ) : asked && data ? (
          <Results answers={data} refresh={retry} loading={loading} />
        ) : asked ? (
          <Loading />
        ) : (
          <Guide />
        )}
        {mayList && <Recent />}
      </div>
    </div>
  );
}
