import { expect, test } from 'vitest';
import { serverProblem } from '../postgres/server-problem.ts';

const facts = { version: 150_004, inRecovery: false, readOnly: false };
const codeOf = (change: Partial<typeof facts>) =>
  serverProblem({ ...facts, ...change }, 'db')?.code;

test.each([
  [{}, undefined],
  [{ version: 180_000 }, undefined],
  [{ version: 149_999 }, 'database/too-old'],
  [{ version: 90_624 }, 'database/too-old'],
  [{ inRecovery: true, readOnly: true }, 'database/standby'],
  [{ readOnly: true }, 'database/read-only'],
] as const)('%j is %s', (change, code) => {
  expect(codeOf(change)).toBe(code);
});
