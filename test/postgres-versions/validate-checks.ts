import assert from 'node:assert/strict';
import postgres from 'postgres';
import { gardenApp } from '../../src/apps/garden/app.ts';
import { commandsOf } from '../../src/cli/commands.ts';
import { run } from '../../src/cli/run.ts';
import { recordIo } from '../../src/command/record-io.fixture.ts';
import type { Check } from './check.ts';

/** `garden validate --database-url` finds the same on each version. */
export const validateChecks: readonly Check[] = [
  {
    name: 'a live database is checked',
    async run({ server }) {
      const url = await server.createDatabase();
      const sql = postgres(url, { max: 1, onnotice: () => undefined });
      try {
        await sql.unsafe(`create table users (id uuid primary key);
          create table notes (id uuid, author_id uuid references users on delete cascade);
          create policy mine on notes using (id is not null);`);
      } finally {
        await sql.end();
      }
      const io = recordIo({ cwd: import.meta.dirname });
      const args = ['validate', '--database-url', url, '--json'];
      assert.equal(await run(args, io, { commands: commandsOf([gardenApp]) }), 1);
      const { findings } = JSON.parse(io.out()) as { findings: readonly { code: string }[] };
      const codes = new Set(findings.map(({ code }) => code));
      for (const code of ['no-primary-key', 'foreign-key-index', 'policy-without-rls']) {
        assert.ok(codes.has(`lint/${code}`), code);
      }
    },
  },
];
