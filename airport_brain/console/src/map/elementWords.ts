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

export const SURFACES = words({
  zh: {
    asphalt: '沥青',
    concrete: '水泥混凝土',
    grass: '草地',
    dirt: '土质',
    gravel: '碎石',
    water: '水面',
    dry_lakebed: '干湖床',
    snow_or_ice: '冰雪',
    transparent: '未说明',
  },
  en: {
    asphalt: 'asphalt',
    concrete: 'concrete',
    grass: 'grass',
    dirt: 'dirt',
    gravel: 'gravel',
    water: 'water',
    dry_lakebed: 'dry lake bed',
    snow_or_ice: 'snow or ice',
    transparent: 'not told',
  },
});

export const QUALITIES = words({
  zh: { declared: '公布', estimate: '估计', derived: '推算' },
  en: { declared: 'declared', estimate: 'estimate', derived: 'derived' },
});
