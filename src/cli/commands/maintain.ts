import type { App } from '../../command/app.ts';
import { databaseOptions } from '../../command/choose-database.ts';
import { jsonOption, type Command } from '../../command/command.ts';
import { ProblemError } from '../../report/problem.ts';
import { MAINTENANCE_TASKS, type MaintenanceTask } from '../maintain/maintenance-task.ts';
import { subjectOptions } from '../subject.ts';

export const maintainCommand = (apps: readonly App[]): Command => ({
  name: 'maintain',
  summary: 'delete expired rows, make partitions, vacuum and analyze',
  description: `Maintains a live database. Run it from cron; docs/maintenance.md has the lines.

daily    cleanup; then refreshes materialized views, and vacuums tables that need it
cleanup  deletes the rows that retain() in the definitions no longer keeps, and orphans of
         foreign keys that are NOT VALID; makes the next partitions and drops expired ones
analyze  ANALYZE for each table
vacuum   VACUUM (ANALYZE) for each table
stats    sizes, rows and dead rows of each table; changes nothing

Rows are deleted in transactions of about 40 ms with pauses between them. They wait for no
lock longer than 100 ms, and leave rows that others have locked for the next run. A run that
was killed is continued by the next one. Only one run at a time works on a database.

Retentions with archive: true need --archive: their rows are first written to
DIR/DATABASE/TABLE/DAY.jsonl.gz, one JSON object per line, and are on the disk before they
are deleted. The login role has to see all rows: the owner, or a role with BYPASSRLS.`,
  argument: { name: 'TASK', help: 'what to do', values: MAINTENANCE_TASKS },
  options: [
    {
      name: 'archive',
      value: 'DIR',
      help: 'the folder of archives, which contain all columns, secrets too',
    },
    { name: 'dry-run', help: 'with daily and cleanup: count the rows, and change nothing' },
    {
      name: 'pause',
      value: 'N',
      help: 'the pause after a batch, as a multiple of its duration',
      defaultText: '1',
    },
    {
      name: 'ahead',
      value: 'N',
      help: 'partitions to make after the current one',
      defaultText: '3',
    },
    ...subjectOptions(apps),
    ...databaseOptions,
    jsonOption,
  ],
  examples: [
    {
      command: 'garden maintain daily --archive /var/lib/archive',
      meaning: 'every night, from cron',
    },
    { command: 'garden maintain cleanup --dry-run', meaning: 'how many rows have expired' },
    { command: 'garden maintain stats --json', meaning: 'sizes of all tables, for a script' },
  ],
  whenInterrupted: 'What was deleted stays deleted; the next run continues.',

  async run(context) {
    const { argument } = context;
    if (argument === undefined) {
      throw new ProblemError({
        code: 'cli/missing-value',
        message: 'garden maintain needs a TASK.',
        fix: `write one of: ${MAINTENANCE_TASKS.map((one) => `garden maintain ${one}`).join(', ')}.`,
      });
    }
    const { runMaintain } = await import('../maintain/run-maintain.ts');
    return runMaintain(context, apps, argument as MaintenanceTask);
  },
});
