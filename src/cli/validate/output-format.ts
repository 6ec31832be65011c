import { ProblemError } from '../../report/problem.ts';

export const OUTPUT_FORMATS = ['pretty', 'json', 'github', 'sarif'] as const;

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** The format from --format or its short form --json. */
export function readFormat(typed: string | undefined, json: boolean): OutputFormat {
  const format =
    typed === undefined ? (json ? 'json' : 'pretty') : OUTPUT_FORMATS.find((one) => one === typed);
  if (format === undefined || (json && format !== 'json')) {
    throw new ProblemError({
      code: 'cli/bad-value',
      message:
        format === undefined
          ? `--format ${JSON.stringify(typed)} is not a format.`
          : `--json contradicts --format ${format}.`,
      fix: `write one of: ${OUTPUT_FORMATS.map((one) => `--format ${one}`).join(', ')}.`,
    });
  }
  return format;
}
