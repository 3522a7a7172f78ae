/** Gates this kiosk was opened for before. */
import { keep, recall } from '../store/kept';
import { gateName } from './roster';

const NAME = 'gates';
const MOST = 6;

export function recentGates(): string[] {
  return (recall(NAME) ?? '').split(',').filter((one) => gateName(one) !== '');
}

export function remember(gate: string): void {
  keep(NAME, [gate, ...recentGates().filter((one) => one !== gate)].slice(0, MOST).join(','));
}
