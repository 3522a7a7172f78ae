import { useCallback, useEffect, useState } from 'react';
import { Failed, Loading } from '../states';
import { fetchAirport, fetchAirports } from './airport';
import { Field } from './Field';
import type { Airport, AirportSummary } from './layers';
import { useShown } from './useShown';

const HOME = 'ZSSS';

interface Loaded {
  airports: AirportSummary[];
  airport: Airport;
}

/** The situation map: an airport with everything that moves on it. */
export default function MapPage() {
  const [shown, change, followed] = useShown();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  /** Code of an airport that a link names and nobody has. */
  const [missing, setMissing] = useState('');
  const wanted = shown.airport;

  useEffect(() => {
    let gone = false;
    setError(null);
    fetchAirports()
      .then(async (airports) => {
        const icao = airports.some((one) => one.icao === wanted) ? wanted : HOME;
        const airport = await fetchAirport(icao);
        if (gone) return;
        setLoaded({ airports, airport });
        if (!wanted || wanted === icao) return;
        setMissing(wanted);
        change({ airport: icao, view: null });
      })
      .catch((reason: unknown) => {
        if (!gone) setError(reason);
      });
    return () => {
      gone = true;
    };
  }, [wanted, attempt, change]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  if (error) return <Failed error={error} retry={retry} />;
  if (!loaded) return <Loading />;
  return (
    <Field
      airport={loaded.airport}
      airports={loaded.airports}
      shown={shown}
      change={change}
      followed={followed}
      missing={missing}
    />
  );
}
