/** Where to go after signing in: only an address of this site, and not back to the form. */
export function nextOf(search: string): string {
  const asked = new URLSearchParams(search).get('next') ?? '/';
  const inside = asked.startsWith('/') && !asked.startsWith('//') && !asked.includes('\\');
  return inside && !asked.startsWith('/sign-in') ? asked : '/';
}
