import type { TableRules } from '../../model/rule.ts';
import { nearestName } from '../../report/nearest-name.ts';
import { ProblemError } from '../../report/problem.ts';

/** Reads the ID of `--why`: the value of the key, or JSON with each column of the key. */
export function readKey(id: string, { table, key }: TableRules): Readonly<Record<string, string>> {
  const [only = ''] = key;
  const example = `--why ${table} '{ ${key.map((column) => `${JSON.stringify(column)}: "…"`).join(', ')} }'`;
  const given = parseObject(id);
  if (given === undefined) {
    if (key.length === 1) return { [only]: id };
    throw refuse(
      `the key of ${table} has the columns ${key.join(' and ')}, but the ID is not a JSON object.`,
      `write ${example}.`,
    );
  }
  const unknown = Object.keys(given).find((name) => !key.includes(name));
  if (unknown !== undefined) {
    const nearest = nearestName(unknown, key);
    throw refuse(
      `${JSON.stringify(unknown)} is not a column of the key of ${table}.`,
      nearest === undefined ? `write ${example}.` : `did you mean ${nearest}?`,
    );
  }
  return Object.fromEntries(
    key.map((column) => {
      const value = given[column];
      if (['string', 'number', 'boolean'].includes(typeof value)) return [column, String(value)];
      throw refuse(`the ID lacks a value of ${table}.${column}.`, `write ${example}.`);
    }),
  );
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

const refuse = (message: string, fix: string): ProblemError =>
  new ProblemError({ code: 'cli/bad-value', message, context: ['--why'], fix });
