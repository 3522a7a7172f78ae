export { useTheme } from './theme';
export type { Theme } from './theme';
export { Themed } from './Themed';
