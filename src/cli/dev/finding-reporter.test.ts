import { expect, test } from 'vitest';
import { recordIo } from '../../command/record-io.fixture.ts';
import type { Finding } from '../../report/problem.ts';
import { findingReporter } from './finding-reporter.ts';

const warning = (message: string, line: number): Finding => ({
  severity: 'warning',
  code: 'zero/default',
  message,
  places: [{ file: '/project/schema.ts', line }],
  fix: 'set it.',
});

test('a warning is printed when it is new, and not because its line moved', () => {
  const io = recordIo({ cwd: '/project' });
  const report = findingReporter({ io, paint: (_, text) => text });
  report([warning('a', 3)]);
  const first = 'warning zero/default: a\n    at  schema.ts:3\n    fix set it.\n\n';
  expect(io.err()).toBe(first);
  report([warning('a', 4)]);
  expect(io.err()).toBe(first);
  report([warning('a', 4), warning('b', 5)]);
  expect(io.err()).toBe(
    `${first}warning zero/default: b\n    at  schema.ts:5\n    fix set it.\n\n`,
  );
  const { length } = io.err();
  report([]);
  report([warning('a', 4)]);
  expect(io.err().slice(length)).toContain('warning zero/default: a');
});
