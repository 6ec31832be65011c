import type { Comparison, Rule, TableRules } from '../../../src/model/rule.ts';
import { mapRules, mapTables, spellOut } from '../map-rules.ts';
import type { Mutant } from './mutant.ts';

const anyone: Rule = { op: 'anyone' };
const nobody: Rule = { op: 'nobody' };

const rule = (name: string, change: (rule: Rule, table: TableRules) => Rule): Mutant => ({
  name,
  rules: (rules) => mapRules(rules, change),
});

const compare = (name: string, change: Partial<Record<Comparison, Comparison>>): Mutant =>
  rule(name, (part) =>
    part.op === 'compare' ? { ...part, with: change[part.with] ?? part.with } : part,
  );

/** Mistakes that reads and writes can reveal. */
export const readMutants: readonly Mutant[] = [
  rule('drops the last conjunct', (part) =>
    part.op === 'and' && part.rules.length > 1 ? { ...part, rules: part.rules.slice(0, -1) } : part,
  ),
  rule('drops the first disjunct', (part) =>
    part.op === 'or' && part.rules.length > 1 ? { ...part, rules: part.rules.slice(1) } : part,
  ),
  rule('takes and for or', (part) => (part.op === 'or' ? { ...part, op: 'and' } : part)),
  rule('takes or for and', (part) => (part.op === 'and' ? { ...part, op: 'or' } : part)),
  rule('opens where an or is empty', (part) =>
    part.op === 'or' && part.rules.length === 0 ? anyone : part,
  ),
  rule('closes where an and is empty', (part) =>
    part.op === 'and' && part.rules.length === 0 ? nobody : part,
  ),
  rule('forgets not', (part) => (part.op === 'not' ? part.rule : part)),
  rule('forgets not over exists', (part) =>
    part.op === 'not' && part.rule.op === 'exists' ? part.rule : part,
  ),
  rule('negates a conjunction part by part', (part) =>
    part.op === 'not' && part.rule.op === 'and'
      ? { op: 'and', rules: part.rule.rules.map((inner): Rule => ({ op: 'not', rule: inner })) }
      : part,
  ),
  compare('takes less for at most', { '<': '<=' }),
  compare('takes at least for greater', { '>=': '>' }),
  compare('takes greater for less', { '>': '<' }),
  compare('takes unequal for equal', { '!=': '=' }),
  rule('turns a comparison with NULL round: not equal includes NULL', (part) =>
    part.op === 'compare' && part.with === '!='
      ? { op: 'or', rules: [part, { op: 'null', column: part.column }] }
      : part,
  ),
  rule('lets NULL through a negation', (part) =>
    part.op === 'not' && (part.rule.op === 'compare' || part.rule.op === 'in')
      ? { op: 'or', rules: [part, { op: 'null', column: part.rule.column }] }
      : part,
  ),
  rule('lets NULL be outside of an empty list', (part) =>
    part.op === 'in' && 'literals' in part.values && part.values.literals.length === 0
      ? { op: 'and', rules: [nobody] }
      : part,
  ),
  rule('opens where a list is empty', (part) =>
    part.op === 'in' && 'literals' in part.values && part.values.literals.length === 0
      ? anyone
      : part,
  ),
  rule('reads only the first of a list', (part) =>
    part.op === 'in' && 'literals' in part.values
      ? { ...part, values: { ...part.values, literals: part.values.literals.slice(0, 1) } }
      : part,
  ),
  rule('folds the case of text', (part) =>
    part.op === 'compare' && 'literal' in part.value && part.value.type === 'text'
      ? { ...part, value: { ...part.value, literal: String(part.value.literal).toLowerCase() } }
      : part,
  ),
  rule('cuts moments to seconds', (part) =>
    part.op === 'compare' && 'literal' in part.value && part.value.type === 'moment'
      ? {
          ...part,
          value: { ...part.value, literal: Math.floor(Number(part.value.literal) / 1000) * 1000 },
        }
      : part,
  ),
  rule('cuts integers to 32 bits', (part) =>
    part.op === 'compare' && 'literal' in part.value && part.value.type === 'integer'
      ? { ...part, value: { ...part.value, literal: Number(part.value.literal) | 0 } }
      : part,
  ),
  rule('takes any role for the role', (part) =>
    part.op === 'role' ? { op: 'authenticated' } : part,
  ),
  rule('takes everybody for authenticated', (part) =>
    part.op === 'authenticated' ? anyone : part,
  ),
  rule('takes a subject for a role', (part) =>
    part.op === 'authenticated'
      ? { op: 'not', rule: { op: 'not', rule: { op: 'role', role: 'authenticated' } } }
      : part,
  ),
  rule('skips a hop: any joined row will do', (part) =>
    part.op === 'exists' ? { ...part, rule: anyone, rows: 'raw' } : part,
  ),
  rule('skips exists', (part) => (part.op === 'exists' ? anyone : part)),
  rule('skips can', (part) => (part.op === 'can' ? anyone : part)),
  rule('joins on the first column only', (part) =>
    part.op === 'exists' || part.op === 'can' ? { ...part, on: part.on.slice(0, 1) } : part,
  ),
  rule('takes raw for visible', (part) => (part.op === 'exists' ? { ...part, rows: 'raw' } : part)),
  {
    name: 'treats visible as raw',
    // Only rules that do not refer back to the table, because the expansion would not end.
    rules: (rules) => {
      const plain = spellOut(rules);
      return mapRules(plain, (part) => {
        if (part.op !== 'exists') return part;
        const read = plain.tables[part.table]?.read ?? nobody;
        return { ...part, rule: { op: 'and', rules: [read, part.rule] } };
      });
    },
  },
  rule('takes read for what one can do', (part) =>
    part.op === 'can' && part.operation !== 'read' ? { ...part, operation: 'read' } : part,
  ),
];

/** Mistakes that only writes can reveal. */
export const writeMutants: readonly Mutant[] = (
  [
    {
      name: 'swaps the rules for before and after',
      rules: (rules) =>
        mapTables(rules, (table) => ({
          ...table,
          update: { from: table.update.to, to: table.update.from },
        })),
    },
    {
      name: 'checks only the old row',
      rules: (rules) =>
        mapTables(rules, (table) => ({
          ...table,
          update: { from: table.update.from, to: table.update.from },
        })),
    },
    {
      name: 'checks only the new row',
      rules: (rules) =>
        mapTables(rules, (table) => ({
          ...table,
          update: { from: table.update.to, to: table.update.to },
        })),
    },
    {
      name: 'updates unreadable rows',
      rules: (rules) =>
        mapTables(spellOut(rules), (table) => ({
          ...table,
          read: anyone,
          update: { ...table.update, to: { op: 'and', rules: [table.read, table.update.to] } },
          delete: { op: 'and', rules: [table.read, table.delete] },
        })),
    },
    {
      name: 'allows an unreadable new row',
      rules: (rules) =>
        mapTables(spellOut(rules), (table) => ({
          ...table,
          read: anyone,
          update: { ...table.update, from: { op: 'and', rules: [table.read, table.update.from] } },
          delete: { op: 'and', rules: [table.read, table.delete] },
        })),
    },
    {
      name: 'deletes unreadable rows',
      rules: (rules) =>
        mapTables(spellOut(rules), (table) => ({
          ...table,
          read: anyone,
          update: {
            from: { op: 'and', rules: [table.read, table.update.from] },
            to: { op: 'and', rules: [table.read, table.update.to] },
          },
        })),
    },
    {
      name: 'allows changes of immutable columns',
      rules: (rules) => mapTables(rules, (table) => ({ ...table, immutable: table.key })),
    },
    {
      name: 'uses the insert rule for updates',
      rules: (rules) =>
        mapTables(rules, (table) => ({
          ...table,
          update: { from: table.update.from, to: table.insert },
        })),
    },
    {
      name: 'uses the update rule for inserts',
      rules: (rules) => mapTables(rules, (table) => ({ ...table, insert: table.update.to })),
    },
    {
      name: 'requires that an inserted row is readable',
      rules: (rules) =>
        mapTables(rules, (table) => ({
          ...table,
          insert: { op: 'and', rules: [table.read, table.insert] },
        })),
    },
    {
      name: 'uses the update rule for deletes',
      rules: (rules) => mapTables(rules, (table) => ({ ...table, delete: table.update.from })),
    },
  ] satisfies readonly Mutant[]
).map((mutant) => ({ ...mutant, inWrites: true }));
