/** Uses of buildings and qualities of figures, by the words of the layers. */

import { words } from '../language';

export const USES = words({
  zh: {
    terminal: '航站楼',
    hangar: '机库',
    cargo: '货站',
    service: '保障用房',
    tank: '储罐',
    tower: '塔台',
    transport: '交通枢纽',
    parking: '停车楼',
  },
  en: {
    terminal: 'Terminal',
    hangar: 'Hangar',
    cargo: 'Cargo terminal',
    service: 'Service building',
    tank: 'Tank',
    tower: 'Control tower',
    transport: 'Transport centre',
    parking: 'Car park',
  },
});

export const QUALITIES = words({
  zh: { declared: '公布', estimate: '估计', derived: '推算' },
  en: { declared: 'declared', estimate: 'estimate', derived: 'derived' },
});
