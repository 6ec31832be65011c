import type { Problem } from '../report/problem.ts';
import { readDatabaseError } from './database-error.ts';

type Text = readonly [code: string, message: string, fix: string];

const unreachable = (reason: string): Text => [
  'database/unreachable',
  reason,
  'check host and port, that the server runs and listens there, and that no firewall is in between.',
];
const lost: Text = [
  'database/connection-lost',
  'the server closed the connection: it was shut down or restarted, or an administrator ended the session.',
  'run this again once the server is up.',
];
const tls: Text = [
  'database/tls',
  'the server could not be trusted: its TLS certificate was refused',
  'give the authority that signed it in NODE_EXTRA_CA_CERTS, or use the host name that the certificate is for.',
];
const login: Text = [
  'database/login',
  'the server refused the login',
  'check user and password in the URL; in a password, special characters are written as %XX. A server that wants TLS needs ?sslmode=require.',
];
const busy: Text = [
  'database/too-many-connections',
  'the server has no connection left',
  'close idle clients, raise max_connections, or use a pooler; then run this again.',
];

/** Failures of the network and of the driver, by the code of Node, postgres.js or `answersInTime`. */
const byNodeCode: Readonly<Record<string, Text>> = {
  ECONNREFUSED: unreachable('nothing listens there.'),
  ENOTFOUND: unreachable('the host name is unknown.'),
  EAI_AGAIN: unreachable('the host name could not be looked up.'),
  ETIMEDOUT: unreachable('the server did not answer in time.'),
  CONNECT_TIMEOUT: unreachable('the server did not answer as a Postgres server in time.'),
  CONNECT_CLOSED: [
    'database/unreachable',
    'the server closed the connection before it answered as a Postgres server.',
    'check host and port; where the server offers no TLS, remove ?sslmode=require from the URL.',
  ],
  EHOSTUNREACH: unreachable('the host cannot be reached.'),
  ENETUNREACH: unreachable('the network cannot be reached.'),
  EACCES: unreachable('the system refused the connection.'),
  ENOENT: unreachable('there is no such socket.'),
  CONNECTION_CLOSED: lost,
  CONNECTION_ENDED: lost,
  CONNECTION_DESTROYED: lost,
  ECONNRESET: lost,
  EPIPE: lost,
  DEPTH_ZERO_SELF_SIGNED_CERT: tls,
  SELF_SIGNED_CERT_IN_CHAIN: tls,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: tls,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: tls,
  CERT_HAS_EXPIRED: tls,
  ERR_TLS_CERT_ALTNAME_INVALID: tls,
  EPROTO: tls,
};

/** Failures that the server reports, by SQLSTATE. */
const bySqlState: Readonly<Record<string, Text>> = {
  '28P01': login,
  '28000': login,
  '3D000': [
    'database/no-database',
    'the database does not exist',
    'create it (createdb NAME), or correct the name at the end of the URL.',
  ],
  '53300': busy,
  '57P01': lost,
  '57P02': lost,
  '57P03': [
    'database/starting',
    'the server takes no connections now',
    'wait until it has started, then run this again.',
  ],
  '25006': [
    'database/read-only',
    'the server takes no writes',
    'give the URL of the primary, or make it writable (default_transaction_read_only).',
  ],
  '42501': [
    'database/permission',
    'the role may not do that',
    'grant it what the message names, or use the URL of the role that owns the database.',
  ],
  '42704': [
    'database/bad-url',
    'the server refused an option of the URL',
    'remove it from the part after the ?.',
  ],
  '53100': [
    'database/disk-full',
    'the server has no disk space left',
    'free some, then try again.',
  ],
};

/**
 * Says what went wrong between us and a server, or nothing where the error is of
 * another kind: that is then a defect, and must not be dressed up.
 *
 * @param place the database as messages show it, without a password.
 */
export function connectionProblem(error: unknown, place: string): Problem | undefined {
  const said = readDatabaseError(error);
  const text = said === undefined ? byNodeCode[codeOf(error)] : bySqlState[said.code];
  if (text === undefined) return undefined;
  const [code, message, fix] = text;
  // What ends with a full stop says it all; the rest is completed by the server's words.
  const words = said?.message ?? (error instanceof Error ? error.message : '');
  return {
    code,
    message: message.endsWith('.') ? message : `${message}: ${words}.`,
    context: [place],
    fix,
  };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
