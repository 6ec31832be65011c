import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { gardenApp } from '../../src/apps/garden/app.ts';
import { commandsOf } from '../../src/cli/commands.ts';
import { run } from '../../src/cli/run.ts';
import { recordIo } from '../../src/command/record-io.fixture.ts';
import { migrate } from '../../src/migrations/index.ts';
import { cleanUpDatabase, doctor } from '../../src/ops.ts';
import { install } from '../kit/install.ts';
import { allRows } from '../maintain/all-rows.fixture.ts';
import { logs } from '../maintain/killed-tables.fixture.ts';
import { migrationsFolder, type Check } from './check.ts';

const execute = promisify(execFile);

/** The doctor, the cleanup, and backups, on each version. */
export const maintainChecks: readonly Check[] = [
  {
    name: 'the doctor finds a fault, and nothing in a healthy database',
    async run({ server }) {
      const url = await server.createDatabase();
      const sql = postgres(url, { max: 1, onnotice: () => undefined });
      try {
        await sql.unsafe('create table notes (id int primary key, title text)');
        await sql.unsafe("insert into notes select n, 'a' from generate_series(1, 9) n");
        await sql.unsafe('analyze');
        const healthy = await doctor(url);
        assert.deepEqual(healthy.findings, []);
        assert.deepEqual(
          healthy.notChecked.map(({ check }) => check),
          ['doctor/drift', 'doctor/migrations'],
        );
        await sql.unsafe("alter table notes add constraint b check (title = 'b') not valid");
        const { findings } = await doctor(url);
        assert.deepEqual(
          findings.map(({ code }) => code),
          ['doctor/violated-check', 'lint/not-valid-constraint'],
        );
      } finally {
        await sql.end();
      }
    },
  },
  {
    name: 'expired rows are archived and deleted',
    async run({ server }) {
      const url = await server.createDatabase();
      const archive = mkdtempSync(join(tmpdir(), 'garden-archive-'));
      const sql = postgres(url, { max: 1, onnotice: () => undefined });
      try {
        await install({ exec: (text: string) => sql.unsafe(text).simple() } as never, { logs });
        await sql`insert into logs select gen_random_uuid(), now() - n * interval '1 hour', n from generate_series(1, 100) n`;
        const { tables } = await cleanUpDatabase(url, { logs }, { archive });
        assert.equal(tables[0]?.deleted, 77);
      } finally {
        await sql.end();
        rmSync(archive, { recursive: true, force: true });
      }
    },
  },
  {
    name: 'pg_dump and pg_restore keep all rows, where the installed pg_dump knows the version',
    async run({ server, major }) {
      const { stdout } = await execute('pg_dump', ['--version']);
      if (Number(/(\d+)/.exec(stdout)?.[1]) < major) return;
      const url = await server.createDatabase();
      await migrate(url, { folder: migrationsFolder });
      const copy = await server.createDatabase();
      const folder = mkdtempSync(join(tmpdir(), 'garden-dump-'));
      const io = recordIo({ cwd: folder });
      const seed = ['seed', '--app', 'garden', '--database-url', url];
      assert.equal(await run(seed, io, { commands: commandsOf([gardenApp]) }), 0, io.err());
      const sql = postgres(url, { max: 1, onnotice: () => undefined });
      const other = postgres(copy, { max: 1, onnotice: () => undefined });
      try {
        const file = join(folder, 'app.dump');
        await execute('pg_dump', ['--format=custom', `--file=${file}`, url]);
        await execute('pg_restore', ['--exit-on-error', `--dbname=${copy}`, file]);
        const before = await allRows((text) => sql.unsafe(text));
        assert.ok(Object.values(before).flat().length > 1000);
        assert.deepEqual(await allRows((text) => other.unsafe(text)), before);
      } finally {
        await Promise.all([sql.end(), other.end()]);
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
