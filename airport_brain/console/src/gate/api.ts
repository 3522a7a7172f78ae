/** What the kiosk asks of the gateway. Photos go into the call that needs them and nowhere else. */

import { getJson, sendForm, sendJson } from '../gateway/client';

export interface FlightStatus {
  code: string;
  zh: string;
  en: string;
  phase: string;
  estimated: string | null;
  actual: string | null;
}

export interface GateJourney {
  id: string;
  name_masked: string;
  flight: string;
  flight_date: string;
  destination: string;
  std: string;
  seat: string;
  sequence: number | null;
  state: string;
  enrolled: boolean;
  flight_status: FlightStatus | null;
}

export interface Roster {
  gate: string;
  items: GateJourney[];
  generated_at: string;
}

export interface Quality {
  name: string;
  value: number;
  unit: string;
  score: number;
  ok: boolean;
}

export interface Model {
  name: string;
  version: string;
  sha256: string;
}

export interface Decision {
  event_id: string;
  decision: 'match' | 'no_match' | 'refused';
  reason: { code: string; zh: string; en: string };
  score: number | null;
  threshold: number | null;
  score_band: string;
  model: Model;
  degraded: boolean;
  quality: Quality[];
  elapsed_ms: number;
  stage_ms: Record<string, number>;
  journey: {
    id: string;
    name_masked: string;
    flight: string;
    flight_date: string;
    destination: string;
    seat: string;
    state: string;
  };
  flight_status: FlightStatus | null;
}

export interface Enrolment {
  journey_id: string;
  consent_id: string;
  consent_version: string;
  model: Model;
  quality: Quality[];
  purge_at: string;
}

const ROOT = '/api/passenger';

export function fetchRoster(gate: string, signal?: AbortSignal): Promise<Roster> {
  return getJson<Roster>(`${ROOT}/gates/${encodeURIComponent(gate)}/journeys`, { signal });
}

/**
 * Ask whether the person in a photo is this passenger.
 * @param attempt name of the attempt: the same name again gets the first answer again.
 */
export function verify(
  journeyId: string,
  photo: Blob,
  { gate, attempt }: { gate: string; attempt: string },
): Promise<Decision> {
  const form = new FormData();
  form.append('photo', photo, 'frame');
  form.append('gate', gate);
  return sendForm<Decision>(`${ROOT}/journeys/${journeyId}/verifications`, form, {
    headers: { 'Idempotency-Key': attempt },
  });
}

export interface Consent {
  version: string;
  channel: string;
  guardian: string;
  birthDate: string;
}

export function enrol(journeyId: string, photo: Blob, consent: Consent): Promise<Enrolment> {
  const form = new FormData();
  form.append('photo', photo, 'document');
  form.append('consent_version', consent.version);
  form.append('consent_channel', consent.channel);
  if (consent.guardian) form.append('guardian', consent.guardian);
  if (consent.birthDate) form.append('birth_date', consent.birthDate);
  return sendForm<Enrolment>(`${ROOT}/journeys/${journeyId}/enrolment`, form);
}

export function withdraw(journeyId: string): Promise<unknown> {
  return sendJson('DELETE', `${ROOT}/journeys/${journeyId}/enrolment`);
}

/** A name for one attempt. Kiosks on plain HTTP have no `randomUUID`, but random numbers they have. */
export function newAttempt(): string {
  const numbers = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(numbers, (one) => one.toString(16).padStart(2, '0')).join('');
}
