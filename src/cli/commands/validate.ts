import { jsonOption, type Command, type CommandContext } from '../../command/command.ts';
import { ProblemError } from '../../report/problem.ts';
import { readMaxWarnings } from '../read-max-warnings.ts';
import { chooseInput } from '../validate/choose-input.ts';
import { OUTPUT_FORMATS, readFormat } from '../validate/output-format.ts';

export const validateCommand: Command = {
  name: 'validate',
  summary: 'look for mistakes in the schema',
  description: `Reads drizzle.config.ts and the schema that it names, and checks the definitions. No
database is opened, and nothing is written. Files, a database or migrations that are named
are checked instead.

By default, the rules of the preset recommended run. garden.config.ts selects other rules:

validate: {
  presets: ['recommended', 'house'],
  rules: { 'lint/serial-column': 'off' },
  ignore: [{ rule: 'lint/foreign-key-index', object: 'notes.author_id', reason: '…' }],
}

A comment accepts a single finding: // garden-ignore lint/foreign-key-index: the reason`,
  argument: {
    name: 'FILE',
    help: 'SQL files and folders to check instead of the project; with --rules, the rule to explain',
    many: true,
  },
  options: [
    { name: 'rules', help: 'list the rules instead of checking the schema' },
    {
      name: 'format',
      value: 'FORMAT',
      help: `the output format: ${OUTPUT_FORMATS.join(', ')}`,
      defaultText: 'pretty',
    },
    { name: 'baseline', value: 'FILE', help: 'fail only on findings that are not in this file' },
    {
      name: 'write-baseline',
      value: 'FILE',
      help: 'create this file with all present findings',
    },
    { name: 'max-warnings', value: 'N', help: 'exit with 1 if there are more than N warnings' },
    {
      name: 'database-url',
      value: 'URL',
      help: 'check a live database; it is only read',
    },
    { name: 'data', value: 'DIR', help: 'check the embedded database (PGlite) in this folder' },
    {
      name: 'migrations',
      help: 'check what the statements of migrations block: those in FILE, or those of the project',
    },
    {
      name: 'after',
      value: 'NAME',
      help: 'with --migrations: check only the migrations after this one',
    },
    {
      name: 'config',
      value: 'FILE',
      help: 'the drizzle-kit config; garden.config.ts is expected next to it',
      defaultText: 'drizzle.config.ts',
    },
    { ...jsonOption, help: 'the same as --format json' },
  ],
  examples: [
    { command: 'garden validate', meaning: 'check the schema of this project' },
    { command: 'garden validate --max-warnings 0', meaning: 'in CI: fail on warnings too' },
    { command: 'garden validate schema.sql', meaning: 'check the schema that SQL creates' },
    {
      command: 'garden validate --migrations drizzle',
      meaning: 'find statements that block reads or writes',
    },
    {
      command: 'garden validate --format github',
      meaning: 'in GitHub Actions: show findings next to the lines',
    },
    {
      command: 'garden validate --baseline garden-baseline.json',
      meaning: 'fail only on new findings',
    },
    {
      command: 'garden validate --rules lint/foreign-key-index',
      meaning: 'print the reason for a rule, with an example',
    },
  ],

  packages({ text, flag, allArguments }) {
    if (text('database-url') !== undefined) return ['postgres'];
    const usesPglite = text('data') !== undefined || flag('migrations') || allArguments.length > 0;
    return usesPglite && !flag('rules') ? ['@electric-sql/pglite'] : [];
  },

  async run(context) {
    const { argument, flag, text } = context;
    const format = readFormat(text('format'), flag('json'));
    refuseTwoBaselines(context);
    if (flag('rules')) {
      const { printRules } = await import('../validate/print-rules.ts');
      return printRules(context, argument, format === 'json');
    }
    const input = chooseInput(context);
    const { runValidate } = await import('../validate/run-validate.ts');
    return runValidate(context, {
      input,
      config: text('config'),
      format,
      maxWarnings: readMaxWarnings(text('max-warnings')),
      baseline: text('baseline'),
      writeBaseline: text('write-baseline'),
    });
  },
};

/** One reads the file, and the other creates it. */
function refuseTwoBaselines({ text }: CommandContext): void {
  if (text('baseline') === undefined || text('write-baseline') === undefined) return;
  throw new ProblemError({
    code: 'cli/bad-value',
    message: '--baseline and --write-baseline cannot be combined.',
    fix: 'create the file with --write-baseline once, and use --baseline from then on.',
  });
}
