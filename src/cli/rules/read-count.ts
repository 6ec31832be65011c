import type { CommandContext } from '../../command/command.ts';
import { ProblemError } from '../../report/problem.ts';

/** Reads an option whose value is a whole number from 1. */
export function readCount({ text }: CommandContext, option: string): number | undefined {
  const value = text(option);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= 1 && Number.isSafeInteger(number)) return number;
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--${option} is ${JSON.stringify(value)}, not a whole number from 1.`,
    context: [`--${option}`],
    fix: `write --${option} 1000, for example.`,
  });
}
