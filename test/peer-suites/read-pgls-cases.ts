import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PeerCase } from './peer-case.ts';

/** Reads the specifications of the rules of Postgres Language Server. */
export function readPglsCases(checkout: string): readonly PeerCase[] {
  const folder = join(checkout, 'crates/pgls_analyser/tests/specs/safety');
  return readdirSync(folder).flatMap((rule) =>
    readdirSync(join(folder, rule))
      .filter((file) => file.endsWith('.sql'))
      .map((file): PeerCase => {
        const sql = readFileSync(join(folder, rule, file), 'utf8');
        // A specification says what it expects in a comment.
        const reported = !sql.includes('expect_no_diagnostics');
        return {
          tool: 'pgls',
          rule,
          name: file.replace(/\.sql$/, ''),
          sql,
          reported,
          // pgls takes a file for one transaction, unless it says otherwise.
          ...(!/\bcommit\b/i.test(sql) &&
            IN_TRANSACTION.has(rule) && { inTransaction: true as const }),
        };
      }),
  );
}

/**
 * Reads the tests of the rules that Postgres Language Server takes from splinter and pglinter: one
 * case per test and rule.
 */
export function readIncludedCases(checkout: string): readonly PeerCase[] {
  return ['splinter', 'pglinter'].flatMap((suite) => {
    const tests = join(checkout, `crates/pgls_${suite}/tests`);
    const source = readFileSync(join(tests, 'diagnostics.rs'), 'utf8');
    const all = [...source.matchAll(SETUP)].map(([, name = '', sql = '']) => {
      const snapshot = readFileSync(join(tests, 'snapshots', `${name}.snap`), 'utf8');
      const found = [...snapshot.matchAll(/^Category: \S+\/(\w+)$/gm)].map(([, rule = '']) => rule);
      return { name, sql, found };
    });
    const rules = new Set(all.flatMap(({ found }) => found));
    return all.flatMap(({ name, sql, found }) =>
      [...rules].map((rule): PeerCase => ({
        tool: 'pgls',
        rule: `${suite}/${rule}`,
        name,
        sql,
        reported: found.includes(rule),
      })),
    );
  });
}

const SETUP = /name: "(\w+)",\s*setup: r#"([\s\S]*?)"#/g;

/** Rules about statements that run in one transaction. */
const IN_TRANSACTION = new Set([
  'banConcurrentIndexCreationInTransaction',
  'requireSeparateConstraintValidation',
]);
