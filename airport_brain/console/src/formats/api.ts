/** What the workbench asks the gateway. */
import type { FormatPage, FormatRow, MaskedMessage, Reading } from '../api/types';
import { getJson, sendBytes } from '../gateway/client';

export type Mode = 'tolerant' | 'strict';

/** Name of the choice that leaves the format to the content. */
export const AUTO = 'auto';

export function readMessage(
  bytes: Uint8Array<ArrayBuffer>,
  format: string,
  mode: Mode,
  signal: AbortSignal,
): Promise<Reading> {
  return sendBytes<Reading>('/api/formats/read', bytes, {
    query: { format: format === AUTO ? undefined : format, mode },
    signal,
  });
}

export function maskMessage(bytes: Uint8Array<ArrayBuffer>, format: string): Promise<MaskedMessage> {
  return sendBytes<MaskedMessage>('/api/formats/mask', bytes, { query: { format } });
}

export function getFormats(signal: AbortSignal): Promise<FormatRow[]> {
  return getJson<FormatRow[]>('/api/formats', { signal });
}

export function getPage(name: string, signal?: AbortSignal): Promise<FormatPage> {
  return getJson<FormatPage>(`/api/formats/${encodeURIComponent(name)}`, signal ? { signal } : {});
}
