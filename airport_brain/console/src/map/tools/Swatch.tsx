/** A small piece of how a fence is drawn. */
export function Swatch({ colour, dashed, hatched }: { colour: string; dashed: boolean; hatched: boolean }) {
  return (
    <svg width="20" height="14" viewBox="0 0 20 14" aria-hidden="true">
      <rect x="1" y="1" width="18" height="12" fill={colour} fillOpacity="0.18" />
      {hatched && <path d="M1 9l8-8M5 13L17 1M13 13l6-6" stroke={colour} strokeWidth="1.2" fill="none" />}
      <rect
        x="1"
        y="1"
        width="18"
        height="12"
        fill="none"
        stroke={colour}
        strokeWidth="1.8"
        strokeDasharray={dashed ? '3 2' : undefined}
      />
    </svg>
  );
}
