import type { Rule } from '../../../src/model/rule.ts';
import { mapRules } from '../map-rules.ts';
import { rounding } from './claim-mutants.ts';
import type { Mutant } from './mutant.ts';

/** A mistake in the SQL that is generated from the rules. */
export interface SqlMutant {
  readonly name: string;
  /** A wider mistake in the rules. Only questions that it affects are run, which the oracle finds quickly. */
  readonly within?: Mutant;
  change(statements: readonly string[]): readonly string[];
}

/** Rules in which some conditions are true if one of these columns is NULL. */
const openAtNull = (columnsOf: (rule: Rule) => readonly string[]): Mutant => ({
  name: 'opens at NULL',
  rules: (rules) =>
    mapRules(rules, (rule) => {
      const open = columnsOf(rule).map((column): Rule => ({ op: 'null', column }));
      return open.length === 0 ? rule : { op: 'or', rules: [rule, ...open] };
    }),
});
const comparing = (sign: '=' | '!='): Mutant =>
  openAtNull((rule) => (rule.op === 'compare' && rule.with === sign ? [rule.column] : []));

const each = (name: string, change: (statement: string) => string): SqlMutant => ({
  name,
  change: (statements) => statements.map(change),
});

const policies = (name: string, change: (statement: string) => string): SqlMutant =>
  each(name, (statement) =>
    statement.startsWith('create policy') ? change(statement) : statement,
  );

const questions = (name: string, change: (statement: string) => string): SqlMutant =>
  each(name, (statement) =>
    statement.includes('security definer') ? change(statement) : statement,
  );

const readers = (name: string, change: (statement: string) => string): SqlMutant =>
  each(name, (statement) =>
    statement.includes('"access"."claim') && statement.startsWith('create or replace function')
      ? change(statement)
      : statement,
  );

export const rlsMutants: readonly SqlMutant[] = [
  policies('swaps USING and WITH CHECK', (statement) =>
    statement.includes('\nusing ') && statement.includes('\nwith check ')
      ? statement.replace(/\nusing (\(.*\))\nwith check (\(.*\))$/s, '\nusing $2\nwith check $1')
      : statement,
  ),
  policies('has no separate WITH CHECK', (statement) =>
    statement.includes('\nusing ') ? statement.replace(/\nwith check .*$/s, '') : statement,
  ),
  policies('checks nothing after an update', (statement) =>
    statement.includes('\nusing ')
      ? statement.replace(/\nwith check .*$/s, '\nwith check (true)')
      : statement,
  ),
  policies('has one policy for all commands', (statement) =>
    statement.replace('for select', 'for all'),
  ),
  {
    ...policies('compares as if NULL were a value', (statement) =>
      statement.replaceAll(/ <> (?!all)/g, ' is distinct from '),
    ),
    within: comparing('!='),
  },
  {
    ...policies('takes two NULLs for equal', (statement) =>
      statement.replaceAll(' = (select', ' is not distinct from (select'),
    ),
    within: comparing('='),
  },
  {
    ...policies('finds NULL outside of every list', (statement) =>
      statement.replaceAll(/\("[^"]*"\."[^"]*" is not null and (?=\S+ <> all)/g, '('),
    ),
    within: {
      name: 'treats NULL as an element of no list',
      rules: (rules) =>
        mapRules(rules, (rule) =>
          rule.op === 'in'
            ? { op: 'and', rules: [rule, { op: 'not', rule: { op: 'null', column: rule.column } }] }
            : rule,
        ),
    },
  },
  {
    ...questions('joins on NULL', (statement) =>
      statement.replaceAll(/("~\d+"\."(?:[^"]|"")+") = (\$\d+)/g, '$1 is not distinct from $2'),
    ),
    within: openAtNull((rule) => (rule.op === 'exists' ? rule.on.map(({ own }) => own) : [])),
  },
  questions('answers false where a claim is missing', (statement) =>
    statement.replaceAll(/then true when .* then null else/gs, 'then true else'),
  ),
  questions('answers unknown where there is no row', (statement) =>
    statement.replace('else false', 'else null'),
  ),
  questions('looks only at what its caller sees', (statement) =>
    statement.replace('security definer', 'security invoker').replace('set row_security = off', ''),
  ),
  each('grants every column for update', (statement) =>
    statement.replace(/^grant update \(.*\) on/s, 'grant update on'),
  ),
  {
    name: 'does not enable row-level security on a table',
    change: (statements) =>
      statements.filter((statement) => !statement.endsWith('enable row level security')),
  },
  {
    name: 'omits the policy for reading',
    change: (statements) =>
      statements.filter(
        (statement) => !(statement.startsWith('create policy') && statement.includes('for select')),
      ),
  },
  {
    ...readers('takes any number for an integer', (statement) =>
      statement.replace(/ and trunc\(.*?::numeric and abs/, ' and abs'),
    ),
    within: rounding,
  },
  readers('leaves out the elements of another form', (statement) =>
    statement
      .replace(/ and not exists \([\s\S]*?\n {2}\) then/, ' then')
      .replace(
        ' order by at',
        " where jsonb_typeof(item) = 'string' and length(item #>> '{}') <> 1 order by at",
      ),
  ),
];
