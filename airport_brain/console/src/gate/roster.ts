/** The list of who boards: order, search, counts. */

import type { GateJourney } from './api';

const GATE = /^[A-Z0-9 ]{1,8}$/;

/** A gate as it is written on signs, or "" when the text is no gate. */
export function gateName(text: string): string {
  const name = text.trim().toUpperCase();
  return GATE.test(name) ? name : '';
}

/** Not boarded first, by check-in sequence; who has boarded at the end. */
export function ordered(items: readonly GateJourney[]): GateJourney[] {
  return [...items].sort(
    (a, b) =>
      a.std.localeCompare(b.std) ||
      a.flight.localeCompare(b.flight) ||
      Number(boarded(a)) - Number(boarded(b)) ||
      (a.sequence ?? Infinity) - (b.sequence ?? Infinity) ||
      a.id.localeCompare(b.id),
  );
}

export function boarded(journey: GateJourney): boolean {
  return journey.state === 'boarded' || journey.state === 'flown';
}

/** Those whose seat, sequence number, flight or name has the text. */
export function matching(items: readonly GateJourney[], text: string): GateJourney[] {
  const wanted = text.trim().toUpperCase();
  if (!wanted) return [...items];
  const exact = items.filter((one) => one.seat === wanted || String(one.sequence) === wanted);
  if (exact.length > 0) return exact;
  return items.filter(
    ({ seat, flight, name_masked }) =>
      seat.startsWith(wanted) ||
      flight.startsWith(wanted) ||
      name_masked.toUpperCase().includes(wanted),
  );
}

export interface FlightLine {
  flight: string;
  destination: string;
  std: string;
  status: GateJourney['flight_status'];
  boarded: number;
  total: number;
}

/** The flights of a gate with their boarding counts, soonest first. */
export function flightsOf(items: readonly GateJourney[]): FlightLine[] {
  const lines = new Map<string, FlightLine>();
  for (const one of ordered(items)) {
    const key = `${one.flight} ${one.flight_date}`;
    const line = lines.get(key) ?? {
      flight: one.flight,
      destination: one.destination,
      std: one.std,
      status: one.flight_status,
      boarded: 0,
      total: 0,
    };
    line.total += 1;
    if (boarded(one)) line.boarded += 1;
    lines.set(key, line);
  }
  return [...lines.values()];
}
