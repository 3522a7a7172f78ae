/**
 * What a decision means to the person in front of the kiosk: a colour, and where to go.
 *
 * The sentence comes with the decision, in both languages; this table adds what the sentence alone
 * does not give. Its codes are those of the passenger service's catalogue of reasons.
 */

import type { Decision } from './api';

/** `retry`: another photo may help. Everything else is a place to go to. */
export type Way = 'board' | 'retry' | 'desk' | 'security' | 'check-in' | 'airline' | 'screens';

export type Tone = 'good' | 'warn' | 'bad';

interface Meaning {
  tone: Tone;
  way: Way;
}

const again: Meaning = { tone: 'warn', way: 'retry' };
const desk: Meaning = { tone: 'warn', way: 'desk' };
const over: Meaning = { tone: 'bad', way: 'desk' };
const airline: Meaning = { tone: 'bad', way: 'airline' };

export const MEANINGS: Readonly<Record<string, Meaning>> = {
  face_match: { tone: 'good', way: 'board' },
  id_verified: { tone: 'warn', way: 'security' },
  face_differs: over,
  face_near_miss: again,
  no_face: again,
  several_faces: again,
  face_too_small: again,
  face_blurred: again,
  face_too_dark: again,
  face_too_bright: again,
  face_turned: again,
  face_low_contrast: again,
  face_cropped: again,
  face_quality: again,
  presentation_attack_suspected: desk,
  not_an_image: again,
  not_enrolled: desk,
  consent_withdrawn: desk,
  model_changed: desk,
  not_checked_in: { tone: 'warn', way: 'check-in' },
  not_screened: { tone: 'warn', way: 'security' },
  screening_expired: { tone: 'warn', way: 'security' },
  duplicate: over,
  offloaded: over,
  no_show: over,
  gate_closed: over,
  flight_cancelled: airline,
  flight_diverted: airline,
  flight_departed: airline,
  wrong_gate: { tone: 'bad', way: 'screens' },
  centre_starting: desk,
  degraded: desk,
};

export interface Outcome extends Meaning {
  /** Whether the gate opens: a match, and the journey stands at boarded after it. */
  admitted: boolean;
}

/** What a decision means. Nothing but a match that ends in boarding ever admits anybody. */
export function outcomeOf(decision: Decision): Outcome {
  const { reason, journey } = decision;
  const admitted =
    decision.decision === 'match' && journey.state === 'boarded' && !decision.degraded;
  if (admitted) return { admitted, tone: 'good', way: 'board' };
  const known = MEANINGS[reason.code];
  // A reason from a newer service, or one that contradicts the decision, goes to the desk.
  const meaning = known && known.way !== 'board' ? known : desk;
  return { ...meaning, admitted };
}
