import { parseArgs } from 'node:util';
import { ProblemError } from '../report/problem.ts';
import type { Command, Option } from '../command/command.ts';
import { nearestName } from '../report/nearest-name.ts';

interface Parsed {
  readonly positionals: readonly string[];
  readonly values: ReadonlyMap<string, string | true>;
}

/** Parses a command's argument and options. Unknown ones are refused, with the nearest match. */
export function parseOptions(command: Command, args: readonly string[]): Parsed {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      command.options.map(({ name, value }) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    allowPositionals: true,
    // The messages of strict mode contain neither the command nor a suggestion.
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string | true>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      const isFull = positionals.length > 0 && command.argument?.many === undefined;
      if (isFull) throw unexpected(command, token.value);
      positionals.push(argumentOf(command, token.value));
    }
    if (token.kind !== 'option') continue;
    const option = command.options.find(({ name }) => name === token.name);
    if (option === undefined) throw unknown(command, token.rawName);
    values.set(option.name, valueOf(command, option, token));
  }
  return { positionals, values };
}

function argumentOf(command: Command, typed: string): string {
  if (command.argument === undefined) throw unexpected(command, typed);
  const { name, values } = command.argument;
  if (values === undefined || values.includes(typed)) return typed;
  const nearest = nearestName(typed, values);
  const message = `garden ${command.name} accepts ${values.join(' or ')} as ${name}, but got ${JSON.stringify(typed)}.`;
  throw usage(command, 'cli/bad-value', message, nearest && `did you mean ${nearest}?`);
}

interface OptionToken {
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function valueOf(
  command: Command,
  option: Option,
  { value, inlineValue }: OptionToken,
): string | true {
  if (option.value === undefined) {
    if (value === undefined) return true;
    throw usage(command, 'cli/unexpected-value', `--${option.name} accepts no value.`);
  }
  // In `--data --json` the value is missing; `--data=--json` passes it on purpose.
  if (value === undefined || (value.startsWith('-') && inlineValue !== true)) {
    throw usage(
      command,
      'cli/missing-value',
      `--${option.name} needs a value: --${option.name} ${option.value}.`,
    );
  }
  return value;
}

function unknown(command: Command, typed: string): ProblemError {
  const nearest = nearestName(
    typed.replace(/^-+/, ''),
    command.options.map(({ name }) => name),
  );
  const message = `garden ${command.name} has no option ${typed}.`;
  return usage(command, 'cli/unknown-option', message, nearest && `did you mean --${nearest}?`);
}

function unexpected(command: Command, typed: string): ProblemError {
  const takes = command.argument === undefined ? 'no argument' : 'one argument';
  const message = `garden ${command.name} accepts ${takes}, but got ${JSON.stringify(typed)}.`;
  return usage(command, 'cli/unexpected-argument', message);
}

function usage(command: Command, code: string, message: string, guess?: string): ProblemError {
  const help = `\`garden ${command.name} --help\` lists its options.`;
  return new ProblemError({ code, message, fix: guess === undefined ? help : `${guess} ${help}` });
}
