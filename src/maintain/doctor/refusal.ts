import { readDatabaseError } from '../../postgres/database-error.ts';

/** The reason of an error that leaves other checks possible. Throws any other error. */
export function refusal(error: unknown): string {
  const { code = '', message = '' } = readDatabaseError(error) ?? {};
  const reason = REASONS[code];
  if (reason === undefined) throw error;
  return reason(message);
}

const unsupported = (message: string): string => `this server does not support it: ${message}`;

const REASONS: Readonly<Record<string, (message: string) => string>> = {
  '42501': (message) => `the login role may not read it: ${message}`,
  '57014': () => 'it took longer than the time limit',
  '55P03': () => 'another session holds a lock on it',
  '0A000': unsupported,
  '42883': unsupported,
  '42P01': unsupported,
  '42703': unsupported,
};
