import type { Argument, Command, Example, Option } from '../command/command.ts';
import type { Paint } from '../command/paint.ts';

const introduction = `Write a table once, in Drizzle, with its relations, constraints and access rules.
garden derives the rest: SQL migrations, row-level security, comments, validators.`;

const outcomes = `0 success   1 found a problem or refused   2 could not start`;

/** The output of `garden --help`. */
export function overviewHelp(commands: readonly Command[], paint: Paint): string {
  const examples = commands.flatMap((command) => command.examples.slice(0, 1));
  return sections(paint, [
    ['', introduction],
    ['Usage', 'garden COMMAND [OPTIONS]'],
    ['Commands', columns(commands.map(({ name, summary }) => [name, summary]))],
    ['Examples', showExamples(examples)],
    [
      'Options',
      columns([
        ['-h, --help', 'this help; for one command: garden COMMAND --help'],
        ['-v, --version', 'the version of this package'],
      ]),
    ],
    ['Exit codes', outcomes],
  ]);
}

/** The output of `garden COMMAND --help`. */
export async function commandHelp(command: Command, paint: Paint): Promise<string> {
  const { argument, description } = command;
  const usage = [
    ...(argument === undefined ? [] : [`[${argument.name}]${argument.many ? '…' : ''}`]),
    ...command.options.map((option) => `[${written(option)}]`),
  ].join(' ');
  return sections(paint, [
    ['', typeof description === 'string' ? description : await description()],
    ['Usage', `garden ${command.name} ${usage}`.trimEnd()],
    ['Argument', argument === undefined ? '' : columns([argumentLine(argument)])],
    ['Options', columns([...command.options.map(optionLine), ['-h, --help', 'this help']])],
    ['Examples', showExamples(command.examples)],
    ['Exit codes', `${outcomes}   130 stopped by Ctrl-C${except(command)}`],
  ]);
}

const except = ({ interruptedCode }: Command): string =>
  interruptedCode === undefined ? '' : ` (${interruptedCode})`;

const written = ({ name, value }: Option): string =>
  value === undefined ? `--${name}` : `--${name} ${value}`;

const argumentLine = ({ name, help, values }: Argument): readonly [string, string] => [
  name,
  values === undefined ? help : `${help}: ${values.join(', ')}`,
];

const optionLine = (option: Option): readonly [string, string] => [
  written(option),
  option.defaultText === undefined
    ? option.help
    : `${option.help}\n(default: ${option.defaultText})`,
];

const showExamples = (examples: readonly Example[]): string =>
  examples.map(({ command, meaning }) => `# ${meaning}\n${command}`).join('\n\n');

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows
    .map(
      ([left, right]) =>
        `${left.padEnd(width)}   ${right.replaceAll('\n', `\n${' '.repeat(width + 3)}`)}`,
    )
    .join('\n');
}

function sections(paint: Paint, parts: readonly (readonly [string, string])[]): string {
  const texts = parts
    .filter(([, text]) => text !== '')
    .map(([title, text]) =>
      title === '' ? text : `${paint('bold', title)}\n${text.replaceAll(/^(?=.)/gm, '  ')}`,
    );
  return `${texts.join('\n\n')}\n`;
}
