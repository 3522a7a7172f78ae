/** How old something is, in words of the table. */

interface AgeWords {
  seconds: (value: string) => string;
  minutes: (value: string) => string;
  hours: (value: string) => string;
}

/** `0.8 s` below ten seconds, then whole seconds, minutes from two minutes, hours from two hours. */
export function ageText(seconds: number, w: AgeWords): string {
  if (seconds < 9.95) return w.seconds(seconds.toFixed(1));
  if (seconds < 120) return w.seconds(seconds.toFixed(0));
  if (seconds < 7200) return w.minutes(Math.floor(seconds / 60).toFixed(0));
  return w.hours(Math.floor(seconds / 3600).toFixed(0));
}
