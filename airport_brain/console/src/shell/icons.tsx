/** The shell's few icons, drawn here so that it needs no icon library. */
import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const Sun = () => (
  <Icon>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600l1.400 1.400M17 17l1.400 1.400M5.600 18.400L7 17M17 7l1.400-1.400" />
  </Icon>
);

export const Moon = () => (
  <Icon>
    <path d="M20 14.500A8 8 0 1 1 9.500 4a6.500 6.500 0 0 0 10.500 10.500z" />
  </Icon>
);

export const Person = () => (
  <Icon>
    <circle cx="12" cy="8" r="3.500" />
    <path d="M5 20c.6-3.600 3.400-5.500 7-5.500s6.400 1.900 7 5.500" />
  </Icon>
);

export const Leave = () => (
  <Icon>
    <path d="M14 4H6v16h8M10 12h10M16.500 8.500L20 12l-3.500 3.500" />
  </Icon>
);

/** The product's mark: a field seen by radar, and a runway. */
export const Mark = () => (
  <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
    <path
      d="M16 4a12 12 0 1 1-12 12"
      fill="none"
      stroke="#4aa3ff"
      strokeWidth="2.600"
      strokeLinecap="round"
    />
    <path
      d="M16 10a6 6 0 1 1-6 6"
      fill="none"
      stroke="#8cc7ff"
      strokeWidth="2.400"
      strokeLinecap="round"
    />
    <path d="M6 6l10 10" stroke="#fff" strokeWidth="2.800" strokeLinecap="round" />
    <circle cx="16" cy="16" r="2.600" fill="#fff" />
  </svg>
);
