import { useLanguage } from '../language';
import { placeName } from '../places/names';
import styles from './cargo.module.css';

/** Where a shipment comes from and goes to. */
export function Route({ origin, destination }: { origin: string; destination: string }) {
  return (
    <span className={styles.route}>
      <Place code={origin} />
      <span className={styles.arrow} aria-hidden="true">
        →
      </span>
      <Place code={destination} />
    </span>
  );
}

export function Place({ code }: { code: string }) {
  const { language } = useLanguage();
  const name = placeName(code, language);
  return (
    <span>
      <b>{code}</b>
      {name && <span className={styles.place}> {name}</span>}
    </span>
  );
}
