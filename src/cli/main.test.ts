import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { root, testProject } from './generate/project.fixture.ts';

test.each(['stdout', 'stderr'] as const)(
  'who stops reading %s changes no exit code',
  async (name) => {
    using project = testProject({
      'schema.ts': `import { bigint, pgTable } from 'drizzle-orm/pg-core';
export const notes = pgTable('notes', { id: bigint({ mode: 'bigint' }).primaryKey() });`,
    });
    const child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), 'generate', 'zero'], {
      cwd: project.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child[name].destroy();
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  },
);
