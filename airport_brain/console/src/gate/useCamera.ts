import { useCallback, useEffect, useRef, useState } from 'react';

/** `asking`: the browser asks the person; `none`: no camera, refused, or not allowed on this page. */
export type CameraState = 'asking' | 'on' | 'none';

export interface Camera {
  state: CameraState;
  /** Why there is none: the browser's own name of the error. */
  why: string;
  /** Gives the stream to a video element. */
  attach: (video: HTMLVideoElement | null) => void;
  retry: () => void;
}

const WANTED: MediaStreamConstraints = {
  video: { facingMode: 'user', width: { ideal: 1280 }, height: { ideal: 720 } },
  audio: false,
};

/**
 * The kiosk's camera. It is asked for when a gate is opened; pictures flow only while `active`, so
 * that nobody is filmed who has not come forward.
 */
export function useCamera(active: boolean): Camera {
  const [state, setState] = useState<CameraState>('asking');
  const [why, setWhy] = useState('');
  const [attempt, setAttempt] = useState(0);
  const stream = useRef<MediaStream | null>(null);
  const video = useRef<HTMLVideoElement | null>(null);
  const activeNow = useRef(active);
  activeNow.current = active;

  useEffect(() => {
    let gone = false;
    const fail = (name: string): void => {
      if (gone) return;
      setWhy(name);
      setState('none');
    };
    setState('asking');
    if (!navigator.mediaDevices) {
      fail('NotSecure');
      return undefined;
    }
    navigator.mediaDevices.getUserMedia(WANTED).then(
      (given) => {
        if (gone) return given.getTracks().forEach((track) => track.stop());
        stream.current = given;
        for (const track of given.getVideoTracks()) {
          track.enabled = activeNow.current;
          track.onended = () => fail('Ended');
        }
        if (video.current) video.current.srcObject = given;
        setState('on');
      },
      (error: unknown) => fail(error instanceof DOMException ? error.name : 'Unknown'),
    );
    return () => {
      gone = true;
      stream.current?.getTracks().forEach((track) => track.stop());
      stream.current = null;
    };
  }, [attempt]);

  useEffect(() => {
    stream.current?.getVideoTracks().forEach((track) => {
      track.enabled = active;
    });
  }, [active, state]);

  const attach = useCallback((element: HTMLVideoElement | null) => {
    video.current = element;
    if (element) element.srcObject = stream.current;
  }, []);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { state, why, attach, retry };
}
