/** What a shipment's answer says, put in order for reading. Pure. */
import type { Milestone, Shipment } from '../api/types';

/** The last news first; what the gateway gives is in the order of events. */
export function newestFirst(milestones: readonly Milestone[]): Milestone[] {
  return [...milestones].reverse();
}

export function isDiscrepancy(milestone: Milestone): boolean {
  return milestone.code === 'DIS';
}

export function discrepancies(shipment: Shipment): Milestone[] {
  return shipment.milestones.filter(isDiscrepancy);
}

/** `1,250.5`; weights have up to one decimal. */
export function weight(kg: number): string {
  return kg.toLocaleString('en', { maximumFractionDigits: 1 });
}

/** Flights that the freight was reported on, in order and once. */
export function flightsOf(shipment: Shipment): string[] {
  return [...new Set(shipment.milestones.map((one) => one.flight).filter(Boolean))];
}

/** Day and clock of a station-local time as the gateway writes it; no clock for a day alone. */
export function dayAndClock(time: string): { day: string; clock: string } {
  const [day = '', clock = ''] = time.split(' ');
  return { day, clock };
}
