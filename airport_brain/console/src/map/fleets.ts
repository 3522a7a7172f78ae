/**
 * Fleets on the map: name, colour and the mark on the vehicle's roof.
 *
 * Eight colours that people with any kind of colour vision can tell apart (after Okabe and Ito), each
 * used for related fleets only, and a mark per fleet, so that colour is never the only difference.
 */

export type Mark = 'none' | 'bar' | 'bars' | 'dot' | 'dots' | 'cross' | 'ring' | 'check' | 'stripe';

export interface Fleet {
  zh: string;
  en: string;
  colour: string;
  mark: Mark;
}

const BLUE = '#0072b2';
const SKY = '#56b4e9';
const GREEN = '#009e73';
const ORANGE = '#e69f00';
const VERMILION = '#d55e00';
const PURPLE = '#cc79a7';
const YELLOW = '#f0e442';
const GREY = '#9aa5b1';

/** In the order of the legend. `aircraft` is a kind of mover and drawn as an aircraft. */
export const FLEETS: Readonly<Record<string, Fleet>> = {
  aircraft: { zh: '航空器', en: 'Aircraft', colour: '#ffffff', mark: 'none' },
  'follow-me': { zh: '引导车', en: 'Follow-me', colour: YELLOW, mark: 'check' },
  tug: { zh: '牵引车', en: 'Tug', colour: BLUE, mark: 'none' },
  bus: { zh: '摆渡车', en: 'Bus', colour: SKY, mark: 'none' },
  stairs: { zh: '客梯车', en: 'Stairs', colour: SKY, mark: 'bars' },
  baggage: { zh: '行李车', en: 'Baggage', colour: GREEN, mark: 'none' },
  loader: { zh: '升降平台车', en: 'Loader', colour: GREEN, mark: 'cross' },
  fuel: { zh: '加油车', en: 'Fuel', colour: ORANGE, mark: 'none' },
  water: { zh: '清污水车', en: 'Water', colour: SKY, mark: 'dot' },
  catering: { zh: '食品车', en: 'Catering', colour: PURPLE, mark: 'bar' },
  cleaning: { zh: '清洁车', en: 'Cleaning', colour: PURPLE, mark: 'dots' },
  sweeper: { zh: '扫道车', en: 'Sweeper', colour: ORANGE, mark: 'stripe' },
  police: { zh: '警车', en: 'Police', colour: BLUE, mark: 'ring' },
  fire: { zh: '消防车', en: 'Fire', colour: VERMILION, mark: 'cross' },
  other: { zh: '其他车辆', en: 'Other', colour: GREY, mark: 'none' },
};

export const FLEET_NAMES: readonly string[] = Object.keys(FLEETS);

/** Fleet as the map groups it: a mover that is no vehicle goes by its kind. */
export function fleetOf(kind: string, fleet: string): string {
  if (kind !== 'vehicle' && kind in FLEETS) return kind;
  return fleet in FLEETS ? fleet : 'other';
}

/** Number of a fleet in {@link FLEET_NAMES}. */
export function fleetNumber(kind: string, fleet: string): number {
  return FLEET_NAMES.indexOf(fleetOf(kind, fleet));
}
