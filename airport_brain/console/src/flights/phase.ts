/** What a status means for the board: its phase, which gives the colour and the filter. Pure. */
import type { Flight } from '../api/types';

export const PHASES = [
  'planned',
  'boarding',
  'enroute',
  'landed',
  'departed',
  'irregular',
] as const;

export type Phase = (typeof PHASES)[number];

const BY_CODE: Readonly<Record<string, Phase>> = {
  DX: 'irregular',
  CX: 'irregular',
  CNL: 'irregular',
  NOP: 'irregular',
  DV: 'irregular',
  DIV: 'irregular',
  RR: 'irregular',
  RTR: 'irregular',
  ATB: 'irregular',
  CHK: 'boarding',
  CHC: 'boarding',
  GTO: 'boarding',
  BST: 'boarding',
  BRD: 'boarding',
  FCT: 'boarding',
  BEN: 'boarding',
  GCL: 'boarding',
  ENR: 'enroute',
  FNL: 'enroute',
  LAN: 'landed',
  LND: 'landed',
  TDN: 'landed',
  ONB: 'landed',
  IBK: 'landed',
  FBG: 'landed',
  LBG: 'landed',
  OFB: 'departed',
  TKO: 'departed',
  AIR: 'departed',
  AB: 'departed',
  DEP: 'departed',
};

/** The phase of a flight; an unknown code counts as planned unless the flight has ended. */
export function phaseOf(flight: Flight): Phase {
  const phase = BY_CODE[flight.status.code.toUpperCase()];
  // In the air towards us is "en route", away from us "departed".
  if (phase === 'departed' && flight.direction === 'arrival') return 'enroute';
  if (phase) return phase;
  if (flight.actual === null) return 'planned';
  return flight.direction === 'arrival' ? 'landed' : 'departed';
}

/** Minutes from which a flight counts as late. */
export const LATE_MIN = 15;

export type Punctuality = 'early' | 'ontime' | 'late' | 'unknown';

export function punctuality(delayMin: number | null): Punctuality {
  if (delayMin === null) return 'unknown';
  if (delayMin >= LATE_MIN) return 'late';
  return delayMin < 0 ? 'early' : 'ontime';
}

export function isLate(flight: Flight): boolean {
  return punctuality(flight.delay_min) === 'late';
}

/** Colour of a status: its phase, or a warning for what is late and has not gone yet. */
export function toneOf(flight: Flight): Phase | 'late' {
  const phase = phaseOf(flight);
  const waiting = phase === 'planned' || phase === 'boarding' || phase === 'enroute';
  const said = flight.status.code === 'DEL' || flight.status.code === 'DLY';
  return waiting && (said || (flight.actual === null && isLate(flight))) ? 'late' : phase;
}
