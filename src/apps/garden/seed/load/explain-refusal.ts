import { ProblemError } from '../../../../report/problem.ts';
import type { SeedDatabase } from './seed-database.ts';

/** Turns a unique or foreign key violation during a seed into a problem with a fix. */
export async function explainRefusal<Result>(
  database: SeedDatabase,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code, detail, constraint } = fieldsOf(error);
    if (code !== '23505' && code !== '23503') throw error;
    const isTaken = code === '23505';
    throw new ProblemError(
      {
        code: isTaken ? 'seed/name-taken' : 'seed/row-gone',
        message: isTaken
          ? `an existing row conflicts with a row of this seed (${constraint}): ${detail}`
          : `a row of an earlier run was deleted, but other rows reference it (${constraint}): ${detail}`,
        context: [database.place],
        fix: 'use an empty database or another seed number. Completed transactions are kept.',
      },
      { cause: error },
    );
  }
}

function fieldsOf(error: unknown): { code: string; detail: string; constraint: string } {
  const fields = error as Readonly<Record<string, unknown>> | null;
  const text = (...names: readonly string[]): string =>
    names.map((name) => fields?.[name]).find((value) => typeof value === 'string') as string;
  return {
    code: text('code') ?? '',
    detail: text('detail', 'message') ?? '',
    constraint: text('constraint_name', 'constraint') ?? '',
  };
}
