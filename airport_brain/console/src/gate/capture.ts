/** One frame of the camera as a JPEG, kept in memory only. */

const MOST_HEIGHT = 720;
const MOST_WIDTH = 1280;
const QUALITY = 0.9;

/** Size of a picture brought within 1280 by 720, never enlarged. */
export function fitted(width: number, height: number): [width: number, height: number] {
  const scale = Math.min(1, MOST_WIDTH / width, MOST_HEIGHT / height);
  return [Math.round(width * scale), Math.round(height * scale)];
}

/** Take the frame that a video shows now. */
export function captureFrame(video: HTMLVideoElement): Promise<Blob> {
  return asJpeg(video, video.videoWidth, video.videoHeight);
}

/** Bring a photo file to the same form. A file that is no picture is refused by the browser. */
export async function photoOf(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  try {
    return await asJpeg(picture, picture.width, picture.height);
  } finally {
    picture.close();
  }
}

function asJpeg(source: CanvasImageSource, fromWidth: number, fromHeight: number): Promise<Blob> {
  const [width, height] = fitted(fromWidth, fromHeight);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')!.drawImage(source, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the frame could not be encoded'))),
      'image/jpeg',
      QUALITY,
    );
  });
}
