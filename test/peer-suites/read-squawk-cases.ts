import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PeerCase } from './peer-case.ts';

/** Older servers behave differently, and are not supported. */
const OLDEST = 15;

/** Reads the cases from the unit tests in squawk's sources. */
export function readSquawkCases(checkout: string): readonly PeerCase[] {
  const linter = join(checkout, 'crates/squawk_linter/src');
  const ids = new Map(
    [...readFileSync(join(linter, 'lib.rs'), 'utf8').matchAll(/Rule::(\w+) => "([\w-]+)"/g)].map(
      ([, name = '', id = '']) => [name, id],
    ),
  );
  const rules = join(linter, 'rules');
  return readdirSync(rules)
    .filter((file) => file.endsWith('.rs'))
    .flatMap((file) => casesIn(readFileSync(join(rules, file), 'utf8'), ids));
}

function casesIn(source: string, ids: ReadonlyMap<string, string>): readonly PeerCase[] {
  const [code = '', ...tests] = source.split('#[test]');
  // The tests of some files name their rule once, in a function before them.
  const common = /Rule::(\w+)/.exec(code.split('#[cfg(test)]').at(-1) ?? '')?.[1];
  return tests.flatMap((test): readonly PeerCase[] => {
    const [, name] = /fn (\w+)/.exec(test) ?? [];
    const sql = sqlOf(test);
    const [, rule = common] = /Rule::(\w+)/.exec(test) ?? [];
    const id = rule === undefined ? undefined : ids.get(rule);
    if (name === undefined || sql === undefined || id === undefined) return [];
    const [, version] = /pg_version: "(\d+)/.exec(test) ?? [];
    return [
      {
        tool: 'squawk',
        rule: id,
        name,
        sql,
        reported: !/\blint_ok/.test(test),
        ...(/assume_in_transaction: true/.test(test) && { inTransaction: true as const }),
        ...(version !== undefined && Number(version) < OLDEST && { oldServer: true as const }),
      },
    ];
  });
}

/** The first string of a test, which is raw unless it is short. */
function sqlOf(test: string): string | undefined {
  const { raw, plain } =
    /let sql = (?:r(?<hashes>#*)"(?<raw>[\s\S]*?)"\k<hashes>;|"(?<plain>(?:[^"\\]|\\[\s\S])*)";)/.exec(
      test,
    )?.groups ?? {};
  return (
    raw ??
    plain?.replaceAll(/\\\n\s*/g, '').replaceAll(/\\(.)/g, (_, one) => (one === 'n' ? '\n' : one))
  );
}
