export { askSession, mayBeSignedIn, signIn, signOut, useMay, useSession } from './session';
export type { Credentials, Session } from './session';
