/** Messages that are pasted or dropped anywhere on the screen. */

import { useEffect, useState } from 'react';
import { isTyping } from '../shell/keys';
import { fromBytes, fromText, type Original } from './bytes';

/** Read files; a folder, or a file that went away meanwhile, is none. */
export async function originalsOf(files: Iterable<File>): Promise<(Original | null)[]> {
  const read = async (file: File): Promise<Original | null> => {
    try {
      return fromBytes(new Uint8Array(await file.arrayBuffer()));
    } catch {
      return null;
    }
  };
  return Promise.all(Array.from(files, read));
}

/**
 * Listen for messages.
 * @param take takes what came; `null` could not be read. Two that are dropped together come together.
 * @returns whether a file hovers over the screen.
 */
export function useArrivals(take: (...originals: (Original | null)[]) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const field = event.target;
      // A field with text in it is being edited; an empty one only waits for a message.
      if (isTyping(field) && !(field instanceof HTMLTextAreaElement && field.value === '')) return;
      // The clipboard keeps line ends that a field would change.
      const text = event.clipboardData?.getData('text/plain');
      if (!text) return;
      event.preventDefault();
      take(fromText(text));
    };
    const drag = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.some((type) => type === 'Files' || type === 'text/plain')) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      const files = event.dataTransfer?.files ?? [];
      const text = event.dataTransfer?.getData('text/plain') ?? '';
      if (files.length > 0) void originalsOf(files).then((read) => take(...read));
      else if (text) take(fromText(text));
    };
    window.addEventListener('paste', paste);
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('paste', paste);
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [take]);
  return over;
}
