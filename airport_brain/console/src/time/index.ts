export * from './time';
export { useNow } from './useNow';
export { useZone } from './useZone';
