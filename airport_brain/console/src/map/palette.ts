/** Colours of the ground, by day and by night. */

import type { Theme } from '../theme';

export interface Palette {
  outside: string;
  /** Of buildings, in the scene. */
  shadow: string;
  inside: string;
  fence: string;
  grass: string;
  shoulder: string;
  taxiway: string;
  taxilane: string;
  apron: string;
  runway: string;
  paint: string;
  taxiLine: string;
  hold: string;
  stand: string;
  standFill: string;
  road: string;
  roadEdge: string;
  tunnel: string;
  terminal: string;
  terminalEdge: string;
  building: string;
  buildingEdge: string;
  facility: string;
  text: string;
  textSoft: string;
  halo: string;
  taxiText: string;
  taxiHalo: string;
  /** As on a runway's sign. */
  runwayText: string;
  runwayHalo: string;
  chosen: string;
}

export const LIGHT: Palette = {
  outside: '#e3e8ec',
  shadow: '#b9bfc3',
  inside: '#edf0ec',
  fence: '#8797a5',
  grass: '#d3e2c4',
  shoulder: '#c3c6bd',
  taxiway: '#bfc6cd',
  taxilane: '#c7cdd3',
  apron: '#d3d8dd',
  runway: '#6b747e',
  paint: '#ffffff',
  taxiLine: '#b98900',
  hold: '#c4162a',
  stand: '#7d8a97',
  standFill: '#dfe3e8',
  road: '#f8f9fa',
  roadEdge: '#a9b4be',
  tunnel: '#a9b4be',
  terminal: '#8fa9ca',
  terminalEdge: '#4b6d99',
  building: '#c2b9ac',
  buildingEdge: '#8d8477',
  facility: '#5b6b7a',
  text: '#17242f',
  textSoft: '#44535f',
  halo: '#f7f9fa',
  taxiText: '#f6c915',
  taxiHalo: '#1c242b',
  runwayText: '#ffffff',
  runwayHalo: '#a3111f',
  chosen: '#0b66c3',
};

export const DARK: Palette = {
  outside: '#0a0f14',
  shadow: '#0c1218',
  inside: '#131b22',
  fence: '#4f6172',
  grass: '#17291e',
  shoulder: '#2d3233',
  taxiway: '#38434e',
  taxilane: '#323c46',
  apron: '#2b353f',
  runway: '#5c6874',
  paint: '#dde5ec',
  taxiLine: '#9b7f1c',
  hold: '#f0535f',
  stand: '#637485',
  standFill: '#222b34',
  road: '#4a5662',
  roadEdge: '#161d24',
  tunnel: '#39434e',
  terminal: '#35557f',
  terminalEdge: '#6f98cc',
  building: '#45403a',
  buildingEdge: '#77706a',
  facility: '#93a4b4',
  text: '#e8eff5',
  textSoft: '#a9b8c5',
  halo: '#0b1117',
  taxiText: '#f2c744',
  taxiHalo: '#0b1117',
  runwayText: '#ffffff',
  runwayHalo: '#8f1420',
  chosen: '#4aa3ff',
};

export function paletteOf(theme: Theme): Palette {
  return theme === 'dark' ? DARK : LIGHT;
}
