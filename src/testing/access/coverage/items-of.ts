import type { Rule } from '../../../model/rule.ts';
import type { Answer } from '../answer-reading.ts';
import type { Attempt, Filter, Reading, World } from '../world.ts';
import { itemText, type ItemName, type Verdict } from './items.ts';

/** The items of a condition that decides: `allowed` if it is true. */
export function itemsOfRule(rule: Rule, negated: boolean, isAllowed: boolean): readonly string[] {
  const verdict = isAllowed ? 'allowed' : 'denied';
  switch (rule.op) {
    case 'or': {
      const roles = rule.rules.filter(({ op }) => op === 'role');
      return roles.length > 1 ? [itemText('or of roles', verdict)] : [];
    }
    case 'exists':
      return rule.on.length > 1 ? [itemText('exists by two columns', verdict)] : [];
    case 'can':
      return [
        itemText(`${negated ? 'not can' : 'can'} ${rule.operation}`, verdict),
        ...(rule.on.length > 1 ? [itemText('can by two columns', verdict)] : []),
      ];
    case 'compare':
    case 'in': {
      const { type } = rule.op === 'in' ? rule.values : rule.value;
      return type === 'enum' ? [itemText('an enum column', verdict)] : [];
    }
    default:
      return [];
  }
}

/** The items of a query: `allowed` if it returns any row. */
export function itemsOfReading(reading: Reading, expected: Answer): readonly string[] {
  const verdict = (expected[0]?.length ?? 0) > 0 ? 'allowed' : 'denied';
  return [
    ...(reading.related ? [itemText('a query through related rows', verdict)] : []),
    ...(reading.having ? [itemText('a query with exists', verdict)] : []),
    ...(reading.filter ? itemsOfFilter(reading.filter, verdict) : []),
    ...(reading.page ? [itemText('a query with a limit and an order', verdict)] : []),
    ...(reading.page?.after ? [itemText('a query with a start', verdict)] : []),
  ];
}

function itemsOfFilter(filter: Filter, verdict: Verdict): readonly string[] {
  if (filter.op === 'not exists') return [itemText('a query with not exists', verdict)];
  if (filter.op !== 'and' && filter.op !== 'or') return [];
  const parts = filter.parts.flatMap((part) => itemsOfFilter(part, verdict));
  return filter.op === 'or' ? [itemText('a query with or', verdict), ...parts] : parts;
}

/** The items of a write. */
export function itemsOfAttempt(
  { rules }: World,
  attempt: Attempt,
  verdict: Verdict,
): readonly string[] {
  const table = rules.tables[attempt.table];
  if (!table) return [];
  const names: ItemName[] = table.key.length > 1 ? ['a composite key'] : [];
  if (attempt.operation === 'update') {
    const { before, after } = attempt;
    const changes = (column: string): boolean => before[column] !== after[column];
    if (table.key.some(changes)) names.push('a key column');
    else if (table.immutable.some(changes)) names.push('an immutable column');
  }
  return names.map((name) => itemText(name, verdict));
}
