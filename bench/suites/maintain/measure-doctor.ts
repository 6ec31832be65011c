import { join } from 'node:path';
import process from 'node:process';
import { startPostgres } from '../../../src/processes/postgres-server.ts';
import { nodeStart, startReference } from '../../frame/node-start.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { spreadOf } from '../../frame/summarise.ts';
import { writeProjects } from '../generate/write-project.ts';
import { makeKeyedSchema } from '../validate/make-keyed-schema.ts';
import { makeKeyedSql } from '../validate/make-keyed-sql.ts';
import postgres from 'postgres';

const ROWS = 100;

/** The whole command, with a thousand findings or none, with and without definitions. */
export async function* measureDoctor({
  contestProcesses,
  progress,
  root,
}: Context): AsyncGenerator<Measurement, void> {
  progress('create a database of 200 tables');
  await using alone = await writeProjects(root, {});
  await using project = await writeProjects(root, makeKeyedSchema(200));
  await using server = await startPostgres({ settings: { autovacuum: 'off', jit: 'off' } });
  const url = await server.createDatabase();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(makeKeyedSql(200)).simple();
  await sql
    .unsafe(
      `do $$ begin for n in 0..199 loop
        execute format('insert into table_%s (id, column_0, column_2, column_3, column_5, column_7) select gen_random_uuid(), %L, now(), true, %L, now() from generate_series(1, ${ROWS})', n, 'a', 'b');
      end loop; end $$; analyze`,
    )
    .simple();
  await sql.end();
  const doctor = (cwd: string) => ({
    file: process.execPath,
    args: [join(root, 'dist/main.js'), 'doctor', '--database-url', url, '--json'],
    cwd,
    codes: [0, 1],
  });
  progress('examine 200 tables');
  const runs = await contestProcesses({
    alone: doctor(alone.ours),
    project: doctor(project.ours),
    nodeStart,
  });
  for (const [name, run] of [
    ['doctor, 200 tables', runs.alone],
    ['doctor, 200 tables, with the drift from their definitions', runs.project],
  ] as const) {
    yield {
      name,
      value: run.time.median,
      unit: 'ns',
      spread: spreadOf(run.time),
      reference: startReference(runs.nodeStart.time),
      // 3 s where `node -e 0` takes 29 ms; see measure-definitions.ts.
      target: 'at most 103 × node -e 0',
    };
  }
}
