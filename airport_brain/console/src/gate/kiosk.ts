/**
 * The kiosk as a state machine, apart from cameras, clocks and requests.
 *
 * waiting → looking → checking → decided → waiting; `failed` when no answer came, `unenrolled` when
 * there is nothing to compare with and so no photo may be taken. A photo belongs to
 * one attempt; when a request failed, the same photo goes again under the same attempt name, so that
 * a passenger is never judged twice for one look.
 */

import type { Decision, GateJourney } from './api';
import { outcomeOf } from './outcome';
import { boarded } from './roster';

export type Stage =
  | { at: 'waiting' }
  | { at: 'unenrolled'; journey: GateJourney }
  | { at: 'looking'; journey: GateJourney }
  | { at: 'checking'; journey: GateJourney; attempt: string }
  | { at: 'decided'; journey: GateJourney; decision: Decision }
  | { at: 'failed'; journey: GateJourney; attempt: string; error: unknown };

export type Act =
  | { do: 'choose'; journey: GateJourney }
  | { do: 'capture'; attempt: string }
  | { do: 'decide'; attempt: string; decision: Decision }
  | { do: 'fail'; attempt: string; error: unknown }
  | { do: 'resend' }
  | { do: 'again' }
  | { do: 'leave' };

export const WAITING: Stage = { at: 'waiting' };

export function step(stage: Stage, act: Act): Stage {
  switch (act.do) {
    case 'choose':
      // Who has boarded is told so by the gate itself; without a template there is nothing to look at.
      return act.journey.enrolled || boarded(act.journey)
        ? { at: 'looking', journey: act.journey }
        : { at: 'unenrolled', journey: act.journey };
    case 'leave':
      return WAITING;
    case 'capture':
      return stage.at === 'looking'
        ? { at: 'checking', journey: stage.journey, attempt: act.attempt }
        : stage;
    case 'decide':
      return answered(stage, act.attempt)
        ? { at: 'decided', journey: stage.journey, decision: act.decision }
        : stage;
    case 'fail':
      return answered(stage, act.attempt)
        ? { at: 'failed', journey: stage.journey, attempt: act.attempt, error: act.error }
        : stage;
    case 'resend':
      return stage.at === 'failed'
        ? { at: 'checking', journey: stage.journey, attempt: stage.attempt }
        : stage;
    case 'again':
      return stage.at === 'decided' || stage.at === 'failed'
        ? { at: 'looking', journey: stage.journey }
        : stage;
  }
}

/** Whether an answer belongs to the attempt that is waited for; late answers change nothing. */
function answered(stage: Stage, attempt: string): stage is Extract<Stage, { at: 'checking' }> {
  return stage.at === 'checking' && stage.attempt === attempt;
}

const ADMITTED_S = 6;
const REFUSED_S = 15;
/** Whoever came forward and went away again is forgotten after this long. */
export const LOOKING_S = 60;

/** Seconds until an answer makes room for the next passenger; null: it is no answer. */
export function returnAfterS(stage: Stage): number | null {
  if (stage.at === 'decided') return outcomeOf(stage.decision).admitted ? ADMITTED_S : REFUSED_S;
  if (stage.at === 'unenrolled') return REFUSED_S;
  if (stage.at === 'failed') return REFUSED_S * 2;
  return null;
}
