import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { familyOf, processOf } from '../../processes/process-tree.ts';
import { devProject, type DevProject } from './dev-project.fixture.ts';

const FILES = {
  'drizzle.config.ts':
    "export default { dialect: 'postgresql', schema: './schema.ts', out: './migrations' };\n",
  'garden.config.ts': 'export default { zero: {} };\n',
  'schema.ts': `import { id, pgTable } from '@techgarden/schema/kit';
export const notes = pgTable('notes', { id: id() });
`,
  'index.html': '<!doctype html>',
};

let project: DevProject;
beforeAll(() => {
  project = devProject(FILES);
});
afterAll(() => project[Symbol.asyncDispose]());

// After the given line, during the next steps: Postgres starts, zero-cache starts, the server and
// the page start.
test.each([
  ['SIGINT', 'definitions', 700],
  ['SIGTERM', 'data', 1300],
  ['SIGINT', 'zero-cache', 200],
] as const)(
  '%s after %s and %i ms leaves nothing, and prints one line',
  async (signal, step, delay) => {
    const dev = project.dev([]);
    await dev.untilSaid(new RegExp(`✓ ${step} `));
    await sleep(delay);
    const family = await familyOf(dev.child.pid ?? -1);
    dev.interrupt(signal);
    expect(await dev.ended).toBe(130);
    const lines = dev.said().trim().split('\n');
    expect(lines.pop()).toBe(`cli/interrupted: stopped by ${signal}.`);
    expect(lines.filter((line) => !/^(?:✓ |page \|)/.test(line))).toEqual([]);
    const left = await Promise.all(family.map(({ pid }) => processOf(pid)));
    expect(left.filter((one) => one && !one.command.includes('<defunct>'))).toEqual([]);
  },
);
