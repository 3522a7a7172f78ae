import { useCallback, useState } from 'react';
import { GateChooser } from './GateChooser';
import { Kiosk } from './Kiosk';
import { remember } from './recentGates';
import { gateName } from './roster';

/** The face gate's kiosk; the gate it stands at is in the address, `/gate?gate=32`. */
export default function GatePage() {
  const [gate, setGate] = useState(() =>
    gateName(new URLSearchParams(location.search).get('gate') ?? ''),
  );
  const open = useCallback((name: string) => {
    const members = new URLSearchParams(location.search);
    if (name) members.set('gate', name);
    else members.delete('gate');
    const query = members.toString();
    history.replaceState(history.state, '', `${location.pathname}${query ? `?${query}` : ''}`);
    if (name) remember(name);
    setGate(name);
  }, []);
  if (!gate) return <GateChooser open={open} />;
  return <Kiosk key={gate} gate={gate} leave={() => open('')} />;
}
