import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtInRules } from '../../src/check/built-in-rules.ts';
import { runRules } from '../../src/check/run-rules.ts';
import { openScratch, type Scratch } from '../../src/postgres/open-scratch.ts';
import { readCatalog } from '../../src/read/catalog/read-catalog.ts';
import { splitSql } from '../../src/read/sql/split-sql.ts';
import type { PeerVerdict } from './peer-case.ts';

/** The schemas of splinter's own fixtures. */
const FIXTURES = /^(?:lint|auth|extensions)\./;

/**
 * Runs splinter's scripts, which change a database and query one rule again and again. At each
 * query, the tables, views and functions that it reports are compared with ours.
 */
export async function judgeSplinter(
  checkout: string,
  codesOf: (rule: string) => readonly string[],
): Promise<readonly PeerVerdict[]> {
  const scripts = readdirSync(join(checkout, 'test/sql')).filter((file) => /^\d/.test(file));
  const verdicts: PeerVerdict[] = [];
  for (const file of scripts) {
    const [number = ''] = file.split('_');
    const rule = file.replace('_', ' ').replace(/\.sql$/, '');
    const codes = codesOf(rule);
    if (codes.length === 0) continue;
    const sql = readFileSync(join(checkout, 'test/sql', file), 'utf8');
    const database = await openScratch(extensionsIn(sql));
    try {
      await prepare(checkout, number, database);
      verdicts.push(
        ...(await judgeScript({ rule, sql, codes, view: file.replace(/\.sql$/, '') }, database)),
      );
    } finally {
      await database.close();
    }
  }
  return verdicts;
}

const extensionsIn = (sql: string): readonly string[] =>
  [...sql.matchAll(/create extension (\w+)/g)].map(([, name = '']) => name);

async function prepare(checkout: string, number: string, database: Scratch): Promise<void> {
  await database.run(readFileSync(join(checkout, 'test/fixtures.sql'), 'utf8'));
  const lints = join(checkout, 'lints');
  for (const file of readdirSync(lints).filter((name) => name.startsWith(number))) {
    await database.run(readFileSync(join(lints, file), 'utf8'));
  }
}

interface Script {
  readonly rule: string;
  readonly sql: string;
  readonly codes: readonly string[];
  /** The view of splinter with the rule's findings. */
  readonly view: string;
}

async function judgeScript(
  { rule, sql, codes, view }: Script,
  database: Scratch,
): Promise<readonly PeerVerdict[]> {
  const verdicts: PeerVerdict[] = [];
  const rules = builtInRules.filter(({ code }) => codes.includes(code));
  let steps: string[] = [];
  for (const { text } of splitSql(sql)) {
    if (!text.includes(`lint."${view}"`)) {
      try {
        await database.run(text);
      } catch (error) {
        const details = [error instanceof Error ? error.message : String(error)];
        const of = {
          tool: 'splinter' as const,
          rule,
          name: 'the rest',
          sql: text,
          reported: false,
        };
        return [...verdicts, { of, ours: undefined, details }];
      }
      steps.push(text);
      continue;
    }
    const theirs = (await database.query(`select metadata from lint."${view}"`)).map(
      ({ metadata }) => objectOf(metadata),
    );
    const schema = await readCatalog(database.query);
    const found = runRules(schema, { rules, input: 'database' }).filter(
      ({ object = '' }) => !FIXTURES.test(object),
    );
    const ours = found.map(({ object = '' }) => object);
    const agrees =
      sorted(theirs) === sorted(ours.map(container)) ||
      sorted(theirs) === sorted(ours.map((name) => `public.${name}`));
    verdicts.push({
      of: {
        tool: 'splinter',
        rule,
        name: `query ${verdicts.length + 1}`,
        sql: steps.slice(-3).join(';\n'),
        reported: theirs.length > 0,
      },
      ours: agrees ? theirs.length > 0 : theirs.length === 0,
      details: agrees ? [] : [`splinter: ${theirs.join(', ')}`, `ours: ${ours.join(', ')}`],
    });
    steps = [];
  }
  return verdicts;
}

function objectOf(metadata: unknown): string {
  const { schema, name } = (typeof metadata === 'string' ? JSON.parse(metadata) : metadata) as {
    readonly schema?: string;
    readonly name: string;
  };
  return schema === undefined ? name : `${schema}.${name}`;
}

/** The table of a column, a policy or an index; a function without its arguments. */
const container = (object: string): string =>
  object.replace(/\(.*$/, '').split('.').slice(0, 2).join('.');

const sorted = (objects: readonly string[]): string => [...new Set(objects)].toSorted().join('\n');
