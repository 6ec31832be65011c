import fc from 'fast-check';
import { expect, test } from 'vitest';
import { implies, isPossible } from '../../src/model/implication.ts';
import type { Rule } from '../../src/model/rule.ts';
import { worlds } from '../../src/testing/access/compare-enforcers.ts';
import { evaluate } from '../../src/testing/access/oracle.ts';
import { showRule } from '../../src/testing/access/show-rule.ts';
import type { World } from '../../src/testing/access/world.ts';
import { smallWorld } from './small-world.ts';

const seed = Number(process.env['ACCESS_SEED'] ?? Math.floor(Date.now() / 86_400_000));
const WORLDS = 5;
const PAIRS = 100;

/** The single conditions of a rule, which the implication search treats as unknowns. */
function conditions(rule: Rule): readonly Rule[] {
  if (rule.op === 'and' || rule.op === 'or') return rule.rules.flatMap(conditions);
  return rule.op === 'not' ? conditions(rule.rule) : [rule];
}

/** Variants of `exists` over the same table: stricter, weaker, and over other rows. */
function related(rule: Rule): readonly Rule[] {
  if (rule.op === 'can') {
    return (['read', 'update', 'delete'] as const).map((operation) => ({ ...rule, operation }));
  }
  if (rule.op !== 'exists') return [rule];
  const inner = conditions(rule.rule);
  return [
    rule,
    { ...rule, rows: 'raw' },
    { ...rule, rule: { op: 'and', rules: [rule.rule, ...inner.slice(0, 1)] } },
    { ...rule, rule: { op: 'or', rules: inner } },
    ...inner.map((one): Rule => ({ ...rule, rule: one })),
  ];
}

/** Two rules over the same few conditions, so that one often implies the other. */
const pairOf = (known: readonly Rule[]): fc.Arbitrary<readonly [Rule, Rule]> =>
  fc
    .shuffledSubarray([...known], { minLength: Math.min(2, known.length), maxLength: 3 })
    .chain((few) => {
      const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
        rule: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          fc.constantFrom(...few),
          fc.record({
            op: fc.constantFrom('and' as const, 'or' as const),
            rules: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }),
          }),
          fc.record({ op: fc.constant('not' as const), rule: tie('rule') }),
        ),
      }));
      return fc.tuple(rule, rule);
    });

/** Whether the second rule contains a lookup that the first does not contain literally. */
function looksInside(first: Rule, second: Rule): boolean {
  const known = new Set(conditions(first).map((rule) => JSON.stringify(rule)));
  return conditions(second).every(
    (rule) => (rule.op === 'exists' || rule.op === 'can') && !known.has(JSON.stringify(rule)),
  );
}

/** Every combination of a row of a table with a principal of the world. */
function* cases(world: World, table: string): Generator<(rule: Rule) => boolean> {
  const { rules, rows: db } = world;
  for (const claims of world.principals) {
    for (const row of db[table] ?? []) {
      yield (rule) => evaluate(rule, row, { rules, claims, db }) === true;
    }
  }
}

test(`implies() and isPossible() agree with the oracle (ACCESS_SEED=${seed})`, () => {
  const told = { implied: 0, refuted: 0, impossible: 0 };
  let inside = 0;
  let left = WORLDS;
  for (const world of worlds(smallWorld, seed)) {
    for (const { table, read, insert, update, delete: remove } of Object.values(
      world.rules.tables,
    )) {
      const known = [read, insert, update.from, update.to, remove]
        .flatMap(conditions)
        .flatMap(related);
      if (known.length === 0) continue;
      for (const [first, second] of fc.sample(pairOf(known), { seed, numRuns: PAIRS })) {
        const shown = `${showRule(first)}\n${showRule(second)}\nin ${table}`;
        const implied = implies(first, second);
        const possible = isPossible(first);
        told.impossible += possible ? 0 : 1;
        told.implied += implied && possible ? 1 : 0;
        inside += implied && possible && looksInside(first, second) ? 1 : 0;
        for (const holds of cases(world, table)) {
          if (!holds(first)) continue;
          if (!possible) expect.fail(`impossible, but it holds: ${shown}`);
          if (holds(second)) continue;
          if (implied) expect.fail(`implied, but it does not hold: ${shown}`);
          told.refuted += 1;
        }
      }
    }
    if ((left -= 1) === 0) break;
  }
  // All three outcomes must be frequent, or the test proves nothing.
  expect(Math.min(told.implied, told.refuted, told.impossible)).toBeGreaterThan(50);
  expect(inside).toBeGreaterThan(5);
});
