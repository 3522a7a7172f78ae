/** A failure in a person's words. */
import { Problem } from '../gateway/client';

export type FailureKind =
  | 'refused'
  | 'missing'
  | 'unreachable'
  | 'tooMany'
  | 'theirs'
  | 'bad';

export function kindOf(error: unknown): FailureKind {
  if (!(error instanceof Problem)) return 'theirs';
  if (error.status === 0) return 'unreachable';
  if (error.status === 401 || error.status === 403) return 'refused';
  if (error.status === 404 || error.status === 410) return 'missing';
  if (error.status === 429) return 'tooMany';
  return error.status >= 500 ? 'theirs' : 'bad';
}
