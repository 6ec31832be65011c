import type { Problem } from '../report/problem.ts';
import { readDatabaseError } from './database-error.ts';

type Text = readonly [code: string, message: string, fix: string];

const unreachable = (reason: string): Text => [
  'database/unreachable',
  reason,
  'check the host and port, that the server is running and listening there, and that no firewall blocks the connection.',
];
const lost: Text = [
  'database/connection-lost',
  'the server closed the connection: it was shut down or restarted, or an administrator ended the session.',
  'run this again when the server is up.',
];
const tls: Text = [
  'database/tls',
  'the TLS certificate of the server was refused',
  'name the certificate authority in NODE_EXTRA_CA_CERTS, or use the host name of the certificate.',
];
const login: Text = [
  'database/login',
  'the server refused the login',
  'check the user and password in the URL; escape special characters in a password as %XX. A server that requires TLS needs ?sslmode=require.',
];
const busy: Text = [
  'database/too-many-connections',
  'the server has no connection left',
  'close idle clients, raise max_connections, or use a pooler; then run this again.',
];

/** Failures of the network and the driver, by error code of Node, postgres.js or `answersInTime`. */
const byNodeCode: Readonly<Record<string, Text>> = {
  ECONNREFUSED: unreachable('nothing listens there.'),
  ENOTFOUND: unreachable('the host name is unknown.'),
  EAI_AGAIN: unreachable('the host name could not be looked up.'),
  ETIMEDOUT: unreachable('the server did not answer in time.'),
  CONNECT_TIMEOUT: unreachable('the server did not answer as a Postgres server in time.'),
  CONNECT_CLOSED: [
    'database/unreachable',
    'the server closed the connection before it answered as a Postgres server.',
    'check the host and port; if the server does not support TLS, remove ?sslmode=require from the URL.',
  ],
  EHOSTUNREACH: unreachable('the host cannot be reached.'),
  ENETUNREACH: unreachable('the network cannot be reached.'),
  EACCES: unreachable('the operating system refused the connection.'),
  ENOENT: unreachable('the socket does not exist.'),
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
    'the server accepts no connections now',
    'wait until it has started, then run this again.',
  ],
  '25006': [
    'database/read-only',
    'the server accepts no writes',
    'use the URL of the primary, or make the database writable (default_transaction_read_only).',
  ],
  '42501': [
    'database/permission',
    'the login role lacks a privilege',
    'grant the privilege, or use the URL of the role that owns the database.',
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
 * The problem behind a connection error. `undefined` for any other error: that is a
 * bug, and must not look like a connection problem.
 *
 * @param place the database as messages show it, without a password.
 */
export function connectionProblem(error: unknown, place: string): Problem | undefined {
  const said = readDatabaseError(error);
  const text = said === undefined ? byNodeCode[codeOf(error)] : bySqlState[said.code];
  if (text === undefined) return undefined;
  const [code, message, fix] = text;
  // A message with a full stop is complete; any other is completed by the server's message.
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
