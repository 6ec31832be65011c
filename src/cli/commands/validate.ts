import { jsonOption, type Command } from '../../command/command.ts';
import { ProblemError } from '../../report/problem.ts';

export const validateCommand: Command = {
  name: 'validate',
  summary: 'look for mistakes in the schema',
  description: `Reads drizzle.config.ts and the schema that it names, and judges the definitions. No
database is opened, and nothing is written.

Without settings the rules of the preset recommended run. garden.config.ts chooses others:

validate: {
  presets: ['recommended', 'house'],
  rules: { 'lint/serial-column': 'off' },
  ignore: [{ rule: 'lint/foreign-key-index', object: 'notes.author_id', reason: '…' }],
}

A comment accepts a finding where it is: // garden-ignore lint/foreign-key-index: the reason`,
  argument: { name: 'RULE', help: 'with --rules: explain this one' },
  options: [
    { name: 'rules', help: 'list the rules, and read no schema' },
    { name: 'max-warnings', value: 'N', help: 'exit 1 if there are more warnings than this' },
    {
      name: 'config',
      value: 'FILE',
      help: 'the drizzle-kit config; garden.config.ts is looked for beside it',
      defaultText: 'drizzle.config.ts',
    },
    jsonOption,
  ],
  examples: [
    { command: 'garden validate', meaning: 'judge the schema of this project' },
    { command: 'garden validate --max-warnings 0', meaning: 'in CI: warnings fail too' },
    {
      command: 'garden validate --rules lint/foreign-key-index',
      meaning: 'why a rule exists, with an example',
    },
  ],

  async run(context) {
    const { argument, flag, text } = context;
    if (flag('rules')) {
      const { printRules } = await import('../validate/print-rules.ts');
      return printRules(context, argument, flag('json'));
    }
    if (argument !== undefined) throw needsRules(argument);
    const { runValidate } = await import('../validate/run-validate.ts');
    return runValidate(context, {
      config: text('config'),
      json: flag('json'),
      maxWarnings: readCount(text('max-warnings')),
    });
  },
};

const needsRules = (argument: string): ProblemError =>
  new ProblemError({
    code: 'cli/unexpected-argument',
    message: `garden validate takes a rule with --rules only, and was given ${JSON.stringify(argument)}.`,
    fix: `write garden validate --rules ${argument}, or leave it out.`,
  });

function readCount(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (/^\d{1,9}$/.test(typed)) return Number(typed);
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--max-warnings ${JSON.stringify(typed)} is no number of warnings.`,
    fix: 'write a whole number, for example --max-warnings 0.',
  });
}
