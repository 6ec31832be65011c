import { expect, test } from 'vitest';
import type { Operation, Rule, TableRules } from '../../src/model/rule.ts';
import { needsRead, OPERATIONS, rulesFor, writtenRules } from '../../src/rules/operation-rules.ts';
import { simplifyRule } from '../../src/rules/simplify-rule.ts';
import { worlds } from '../../src/testing/access/compare-enforcers.ts';
import { evaluate, type Asked } from '../../src/testing/access/oracle.ts';
import { showRule } from '../../src/testing/access/show-rule.ts';
import type { Row, World } from '../../src/testing/access/world.ts';
import { smallWorld } from './small-world.ts';

const seed = Number(process.env['ACCESS_SEED'] ?? Math.floor(Date.now() / 86_400_000));
const severalWorlds: readonly World[] = firstOf(worlds(smallWorld, seed), 60);

function firstOf<T>(endless: Iterable<T>, count: number): readonly T[] {
  const found: T[] = [];
  for (const one of endless) if (found.push(one) === count) break;
  return found;
}

const rulesOf = (table: TableRules): readonly Rule[] =>
  OPERATIONS.flatMap((operation) => Object.values(writtenRules(table, operation)));

/** Runs a check for every table, principal and row of random worlds. */
function forEachRow(check: (table: TableRules, row: Row, asked: Asked) => void): void {
  for (const world of severalWorlds) {
    const { rules, rows: db } = world;
    for (const table of Object.values(rules.tables)) {
      for (const claims of world.principals) {
        for (const row of db[table.table] ?? []) check(table, row, { rules, claims, db });
      }
    }
  }
}

const counts = { always: 0, never: 0, depends: 0 };

test('a rule simplified for a principal is true for the same rows, without any claim', () => {
  forEachRow((table, row, asked) => {
    for (const rule of rulesOf(table)) {
      const simple = simplifyRule(rule, asked);
      // The claims are part of the rule now, so that a principal without claims sees the same.
      const found = evaluate(simple, row, { ...asked, claims: {}, rules: withoutTables(asked) });
      const expected = evaluate(rule, row, asked) === true;
      const about = `${showRule(rule)} as ${showRule(simple)}, seed ${seed}`;
      expect({ about, allows: found === true }).toEqual({ about, allows: expected });
      counts[simple.op === 'anyone' ? 'always' : simple.op === 'nobody' ? 'never' : 'depends'] += 1;
    }
  });
  // Otherwise the comparison proves little.
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(200);
});

const withoutTables = ({ rules }: Asked): Asked['rules'] => ({ claims: rules.claims, tables: {} });

test('a rule simplified without a principal is true for the same rows', () => {
  forEachRow((table, row, asked) => {
    for (const rule of rulesOf(table)) {
      const simple = simplifyRule(rule);
      const about = `${showRule(rule)} as ${showRule(simple)}, seed ${seed}`;
      expect({ about, allows: evaluate(simple, row, asked) === true }).toEqual({
        about,
        allows: evaluate(rule, row, asked) === true,
      });
    }
  });
});

test('the rules left for an operation decide as the rules and read together', () => {
  const allows = (rules: readonly Rule[], row: Row, asked: Asked): boolean =>
    rules.every((rule) => evaluate(rule, row, asked) === true);
  const required = (table: TableRules, operation: Operation): readonly Rule[] => [
    ...Object.values(writtenRules(table, operation)),
    ...(operation === 'update' || operation === 'delete' ? [table.read] : []),
  ];
  forEachRow((table, row, asked) => {
    for (const operation of OPERATIONS) {
      const left = Object.values(rulesFor(table, operation, asked));
      const about = `${operation} on ${table.table}: ${left.map(showRule).join(' then ')}, seed ${seed}`;
      const expected = allows(required(table, operation), row, asked);
      expect({ about, allows: allows(left, row, { ...asked, claims: {} }) }).toEqual({
        about,
        allows: expected,
      });
      if (needsRead(table, operation)) continue;
      expect({
        about,
        allows: allows(Object.values(writtenRules(table, operation)), row, asked),
      }).toEqual({ about, allows: expected });
    }
  });
});

test('simplifying twice changes nothing', () => {
  for (const { rules, principals } of severalWorlds) {
    for (const rule of Object.values(rules.tables).flatMap(rulesOf)) {
      const plain = simplifyRule(rule);
      expect(simplifyRule(plain)).toEqual(plain);
      for (const claims of principals) {
        const once = simplifyRule(rule, { rules, claims });
        expect(simplifyRule(once, { rules, claims: {} })).toEqual(once);
      }
    }
  }
});
