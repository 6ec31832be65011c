import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { gardenApp } from '../../src/apps/garden/app.ts';
import { gatewayApp } from '../../src/apps/gateway/app.ts';
import { mcpApp } from '../../src/apps/mcp/app.ts';
import { promptcraftApp } from '../../src/apps/promptcraft/app.ts';
import { commandsOf } from '../../src/cli/commands.ts';
import { run } from '../../src/cli/run.ts';
import { recordIo } from '../../src/command/record-io.fixture.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';

const apps = [gardenApp, mcpApp, gatewayApp, promptcraftApp] as const;

test.each(apps.flatMap(({ name }) => [[name, 'one file'] as const, [name, 'split'] as const]))(
  'psql alone applies the SQL of %s twice: %s',
  async (app, form) => {
    const folder = mkdtempSync(join(tmpdir(), 'garden-sql-'));
    try {
      const io = recordIo({ cwd: folder });
      const split = form === 'split' ? ['--split'] : [];
      expect(
        await run(['sql', app, '--out', '.', '--json', ...split], io, {
          commands: commandsOf(apps),
        }),
      ).toBe(0);
      const { written } = JSON.parse(io.out()) as { written: string[] };
      const url = await (await sharedPostgres()).createDatabase();
      for (const _time of ['first', 'second']) {
        for (const file of written.filter((name) => name.endsWith('.sql'))) {
          // NOTICE: … already exists, skipping.
          const env = { ...process.env, PGOPTIONS: '-c client_min_messages=warning' };
          const options = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', file, url];
          const { stdout, stderr } = await psql('psql', options, { cwd: folder, env });
          expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

const psql = promisify(execFile);
