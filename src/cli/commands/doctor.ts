import type { App } from '../../command/app.ts';
import { databaseOptions } from '../../command/choose-database.ts';
import { jsonOption, type Command } from '../../command/command.ts';
import { readMaxWarnings } from '../read-max-warnings.ts';
import { subjectOptions } from '../subject.ts';

export const doctorCommand = (apps: readonly App[]): Command => ({
  name: 'doctor',
  summary: 'examine a live database: health, integrity, indexes, security, drift',
  description: `Asks a running database what is wrong with it now. It only reads, in short read-only
transactions, and needs no privileges: what the login role may not see is listed as not
checked, and never counts as healthy.

health     connections, replication slots and their lag, publications, long transactions,
           locks, transaction ids, autovacuum, cache hits, growth since the last run
integrity  rows that break a check or a foreign key, duplicate keys, invalid indexes and
           constraints, sequences, the version of the collation library
indexes    unused, duplicate, bloated and missing ones
security   row-level security, privileges of PUBLIC, SECURITY DEFINER functions, roles,
           passwords, secrets in clear text, TLS
drift      pending migrations, and differences between the database and the definitions of
           the project in the current folder, or of --app

Each finding has a severity, the evidence and a fix. Rows are checked in tables of up to
50,000 rows, and where a constraint is NOT VALID; --deep checks all of them. The sizes of
the tables are kept in .garden/doctor.json, and compared in the next run.`,
  options: [
    { name: 'deep', help: 'check every row of every table, which reads the whole database' },
    { name: 'max-warnings', value: 'N', help: 'exit with 1 if there are more than N warnings' },
    ...subjectOptions(apps),
    ...databaseOptions,
    jsonOption,
  ],
  examples: [
    { command: 'garden doctor', meaning: 'the database of this project' },
    {
      command: 'garden doctor --database-url "$DATABASE_URL" --json',
      meaning: 'any Postgres, for a monitoring system',
    },
    {
      command: 'garden doctor --deep --max-warnings 0',
      meaning: 'every night: every row, and fail on warnings',
    },
    { command: 'garden doctor --app mcp', meaning: 'the database of an app of this package' },
  ],

  packages: ({ text }) => (text('database-url') === undefined ? [] : ['postgres']),

  async run(context) {
    const maxWarnings = readMaxWarnings(context.text('max-warnings'));
    const { runDoctor } = await import('../doctor/run-doctor.ts');
    return runDoctor(context, apps, maxWarnings);
  },
});
