import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  compareBaseline,
  fingerprintOf,
  parseBaseline,
  printBaseline,
  type Fingerprint,
} from '../../check/baseline.ts';
import { builtInRules } from '../../check/built-in-rules.ts';
import { migrationRules } from '../../check/migrations/migration-rules.ts';
import type { BaselineResult, Validation } from '../../check/validation.ts';
import { ProblemError } from '../../report/problem.ts';

/** Applies a baseline to the findings. */
export type UseBaseline = (validation: Validation) => Validation;

/** Opens --baseline FILE. Entries whose finding is gone are removed from the file. */
export function openBaseline(cwd: string, file: string): UseBaseline {
  const path = resolve(cwd, file);
  const entries = readBaseline(path, file);
  return (validation) => {
    const codes = [...builtInRules, ...migrationRules, ...validation.rules].map(({ code }) => code);
    const compared = compareBaseline(validation, entries, new Set(codes));
    const { findings, accepted, kept, gone } = compared;
    const state = gone === 0 ? 'unchanged' : shrink(path, kept);
    return { ...validation, findings, baseline: { file, accepted, gone, state } };
  };
}

/** In CI the checkout may be read-only. An entry that is no longer needed is no reason to fail. */
function shrink(path: string, kept: readonly Fingerprint[]): BaselineResult['state'] {
  try {
    writeFileSync(path, printBaseline(kept));
    return 'shrunk';
  } catch {
    return 'unwritable';
  }
}

/** Creates the file of --write-baseline FILE with all current findings. */
export function createBaseline(cwd: string, file: string): UseBaseline {
  const path = resolve(cwd, file);
  return (validation) => {
    const accepted = validation.findings.filter((one) => fingerprintOf(one) !== undefined);
    try {
      const text = printBaseline(accepted.flatMap((one) => fingerprintOf(one) ?? []));
      writeFileSync(path, text, { flag: 'wx' });
    } catch (error) {
      throw cannotCreate(path, file, error as NodeJS.ErrnoException);
    }
    return {
      ...validation,
      findings: validation.findings.filter((one) => !accepted.includes(one)),
      baseline: { file, accepted, gone: 0, state: 'created' },
    };
  };
}

const cannotCreate = (path: string, file: string, cause: NodeJS.ErrnoException): ProblemError =>
  new ProblemError(
    cause.code === 'EEXIST'
      ? {
          code: 'check/baseline-exists',
          message: `${file} already exists, and entries are never added to a baseline.`,
          places: [{ file: path }],
          fix: 'use --baseline, or delete the file first to accept all current findings.',
        }
      : {
          code: 'check/cannot-write-baseline',
          message: `the baseline cannot be written: ${cause.code ?? cause.message}.`,
          places: [{ file: path }],
          fix: 'name a file in an existing folder that you may write to.',
        },
    { cause },
  );

function readBaseline(path: string, file: string): readonly Fingerprint[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read: ${code}`;
    throw new ProblemError(
      {
        code: 'check/no-baseline',
        message: `the baseline ${why}.`,
        places: [{ file: path }],
        fix: `correct the path, or create it with --write-baseline ${file}.`,
      },
      { cause },
    );
  }
  const entries = parseBaseline(text);
  if (typeof entries !== 'string') return entries;
  throw new ProblemError({
    code: 'check/bad-baseline',
    message: `the file is not a baseline: ${entries}.`,
    places: [{ file: path }],
    fix: `restore it, or delete it and create it with --write-baseline ${file}.`,
  });
}
