import { useDeferredValue, useState } from 'react';
import { Link } from 'wouter';
import type { ShipmentRows } from '../api/types';
import { getJson } from '../gateway/client';
import { useLoad } from '../gateway/useLoad';
import { useWords } from '../language';
import { Failed, Loading, Nothing } from '../states';
import { stamp, useNow, useZone } from '../time';
import { addressOf } from './awb';
import styles from './cargo.module.css';
import { weight } from './reading';
import { Route } from './Route';
import { WORDS } from './words';

const RENEW_MS = 15_000;
const SHOWN = 50;

/** For those who may: the shipments that had news last. */
export function Recent() {
  const w = useWords(WORDS);
  const { zone } = useZone();
  const [text, setText] = useState('');
  const q = useDeferredValue(text.replace(/[\s-]/g, ''));
  const turn = Math.floor(useNow(RENEW_MS).getTime() / RENEW_MS);
  const { data, error, retry } = useLoad<ShipmentRows>(
    `${q}@${turn}`,
    (signal) => getJson('/api/cargo/shipments', { signal, query: { q, limit: SHOWN } }),
    'recent',
  );
  return (
    <section className={styles.recent}>
      <header>
        <h2>{w.recent}</h2>
        <span className={styles.when}>{data ? w.more(data.total) : w.recentHint}</span>
        <input
          type="search"
          value={text}
          placeholder={w.filter}
          aria-label={w.filter}
          maxLength={20}
          onChange={(event) => setText(event.target.value)}
        />
      </header>
      {data && data.items.length > 0 ? (
        <table>
          <thead>
            <tr>
              <th scope="col">{w.awb}</th>
              <th scope="col">{w.route}</th>
              <th scope="col">{w.pieces}</th>
              <th scope="col">{w.weight}</th>
              <th scope="col">{w.news}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((row) => (
              <tr key={row.awb}>
                <td>
                  <Link href={addressOf([row.awb])} className={styles.number}>
                    {row.awb}
                  </Link>
                </td>
                <td>
                  <Route origin={row.origin} destination={row.destination} />
                </td>
                <td>{row.pieces ?? w.none}</td>
                <td>{row.weight_kg === null ? w.none : w.kg(weight(row.weight_kg))}</td>
                <td>{stamp(new Date(row.updated_at), zone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : error ? (
        <Failed error={error} retry={retry} />
      ) : data ? (
        <Nothing text={w.noRecent} />
      ) : (
        <Loading />
      )}
    </section>
  );
}
