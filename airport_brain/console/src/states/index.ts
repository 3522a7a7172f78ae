export { Failed, Loading, Nothing, Stale, useFailureText } from './States';
export { kindOf } from './describe';
