export { Failed, Loading, Nothing, Stale } from './States';
export { kindOf } from './describe';
