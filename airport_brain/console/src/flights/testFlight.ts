/** A flight for tests: what a test does not say is ordinary. */
import type { Flight } from '../api/types';

export function aFlight(part: Partial<Flight> = {}): Flight {
  const display = part.display ?? 'MU5101';
  return {
    id: `${display}@SHA`,
    leg_id: display,
    airline: display.slice(0, 2),
    flight_number: display.slice(2),
    suffix: '',
    display,
    codeshares: [],
    origin_date: '2026-11-27',
    origin: 'SHA',
    destination: 'PEK',
    direction: 'departure',
    airport: 'SHA',
    scheduled: '2026-11-27T02:00:00Z',
    scheduled_event: 'OFB',
    estimated: null,
    estimated_event: '',
    actual: null,
    actual_event: '',
    status: { code: 'SCH', zh: '计划', en: 'Scheduled', derived: true },
    public_status: '',
    aircraft_type: '320',
    registration: 'B1234',
    call_sign: '',
    stand: '12',
    gates: ['B10'],
    terminal: 'T2',
    belts: [],
    runway: '',
    delay_min: null,
    hidden: false,
    updated_at: '2026-11-27T01:00:00Z',
    source: '/operations/aidx/sha',
    message_id: 'm1',
    ...part,
  };
}

export function status(code: string): Flight['status'] {
  return { code, zh: code, en: code, derived: false };
}
