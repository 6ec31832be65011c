import { describe, expect, test } from 'vitest';
import { connectionProblem } from '../postgres/connection-problem.ts';

const place = 'ada@host:5432/db';
const nodeError = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
const serverError = (code: string, message: string) =>
  Object.assign(new Error(message), { code, severity: 'FATAL' });

describe('connectionProblem', () => {
  test.each([
    ['ECONNREFUSED', 'database/unreachable'],
    ['ENOTFOUND', 'database/unreachable'],
    ['CONNECT_TIMEOUT', 'database/unreachable'],
    ['CONNECTION_CLOSED', 'database/connection-lost'],
    ['EPIPE', 'database/connection-lost'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'database/tls'],
  ])('%s of the network is %s', (code, expected) => {
    expect(connectionProblem(nodeError(code), place)).toMatchObject({
      code: expected,
      context: [place],
    });
  });

  test.each([
    ['28P01', 'database/login'],
    ['3D000', 'database/no-database'],
    ['53300', 'database/too-many-connections'],
    ['57P01', 'database/connection-lost'],
    ['57P03', 'database/starting'],
    ['25006', 'database/read-only'],
    ['42501', 'database/permission'],
  ])('%s of the server is %s', (code, expected) => {
    expect(connectionProblem(serverError(code, 'so'), place)?.code).toBe(expected);
  });

  test("includes the server's message", () => {
    const error = serverError('3D000', 'database "nix" does not exist');
    expect(connectionProblem(error, place)?.message).toBe(
      'the database does not exist: database "nix" does not exist.',
    );
  });

  test('ignores unrelated errors', () => {
    for (const error of [new TypeError('x'), serverError('42601', 'syntax error'), 'text', null]) {
      expect(connectionProblem(error, place)).toBeUndefined();
    }
  });
});
