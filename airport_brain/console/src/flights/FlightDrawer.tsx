import { Drawer, Tabs } from 'antd';
import type { FlightDetail } from '../api/types';
import { getJson } from '../gateway/client';
import { useLoad } from '../gateway/useLoad';
import { useLanguage, useWords } from '../language';
import { placeName } from '../places/names';
import { Failed, Loading } from '../states';
import { DETAIL } from './detailWords';
import { Clocks, Messages, Statements, Summary } from './DetailParts';
import styles from './drawer.module.css';
import { Status } from './Status';

/** A flight's page beside the board. Loaded anew whenever the board hears of a change. */
export default function FlightDrawer(props: {
  id: string;
  /** Of the board's row; a change of it means that there is more to read. */
  updatedAt: string;
  close: () => void;
}) {
  const { id, updatedAt, close } = props;
  const w = useWords(DETAIL);
  const { data, error, retry } = useLoad<FlightDetail>(
    `${id}@${updatedAt}`,
    (signal) => getJson(`/api/operations/flights/${encodeURIComponent(id)}`, { signal }),
    id,
  );
  return (
    <Drawer
      open
      onClose={close}
      size="min(620px, 100%)"
      mask={false}
      // Inside the page: the header stays, and the list keeps the keys.
      getContainer={false}
      autoFocus={false}
      rootStyle={{ position: 'absolute' }}
      title={data ? <Title flight={data} /> : id}
      styles={{ body: { padding: 0 }, header: { padding: '12px 20px' } }}
      aria-label={data?.display ?? id}
    >
      {data ? (
        <Tabs
          className={styles.tabs}
          items={[
            { key: 'summary', label: w.summary, children: <Summary flight={data} /> },
            {
              key: 'clocks',
              label: `${w.clocks} ${data.times.length}`,
              children: <Clocks flight={data} />,
            },
            { key: 'said', label: w.statements, children: <Statements flight={data} /> },
            {
              key: 'messages',
              label: `${w.messages} ${data.messages.length}`,
              children: <Messages flight={data} />,
            },
          ]}
        />
      ) : error ? (
        <Failed error={error} retry={retry} />
      ) : (
        <Loading />
      )}
    </Drawer>
  );
}

function Title({ flight }: { flight: FlightDetail }) {
  const { language } = useLanguage();
  const end = (code: string): string => [code, placeName(code, language)].filter(Boolean).join(' ');
  return (
    <div className={styles.title}>
      <span className={styles.display}>{flight.display}</span>
      <span className={styles.ends}>
        {end(flight.origin)} <span aria-hidden="true">→</span> {end(flight.destination)}
      </span>
      <Status flight={flight} />
    </div>
  );
}
