import type {
  AccessRules,
  Claims,
  Comparison,
  Join,
  Operation,
  Rule,
  TableRules,
} from '../../model/rule.ts';
import { ownClaim } from './own-claims.ts';
import type { Attempt, Database, Row, Value } from './world.ts';

/**
 * The meaning of the rules, implemented as simply as possible: rows in memory, three
 * truth values, no SQL, and no shared code with the enforcers.
 *
 * Every rule of a write is evaluated on the database **before the write**, also for the
 * new row: `exists` does not see that row yet. Postgres works the same way (it checks a
 * new row before it stores it, and a statement does not see its own changes). A row
 * therefore cannot authorize its own insert.
 */
export type Truth = true | false | 'unknown';

/** The context in which a rule is evaluated. */
export interface Asked {
  readonly rules: AccessRules;
  readonly claims: Claims;
  readonly db: Database;
}

/** The rows of a table that a principal may read. */
export function visibleRows(asked: Asked, table: string): readonly Row[] {
  const own = asked.rules.tables[table];
  if (!own) return [];
  return (asked.db[table] ?? []).filter((row) => holds(own.read, row, asked));
}

/** Whether a principal may perform a write. */
export function allowsAttempt(asked: Asked, attempt: Attempt): boolean {
  const own = asked.rules.tables[attempt.table];
  if (!own) return false;
  switch (attempt.operation) {
    case 'insert':
      return holds(own.insert, attempt.after, asked);
    case 'update': {
      const { before, after } = attempt;
      return (
        [...own.immutable, ...own.key].every((column) => before[column] === after[column]) &&
        holds(own.read, before, asked) &&
        holds(own.update.from, before, asked) &&
        holds(own.update.to, after, asked) &&
        holds(own.read, after, asked)
      );
    }
    case 'delete':
      return holds(own.read, attempt.before, asked) && holds(own.delete, attempt.before, asked);
  }
}

const holds = (rule: Rule, row: Row, asked: Asked): boolean => evaluate(rule, row, asked) === true;

/** Evaluates a rule for one row and one principal. */
export function evaluate(rule: Rule, row: Row, asked: Asked): Truth {
  switch (rule.op) {
    case 'anyone':
      return true;
    case 'nobody':
      return false;
    case 'authenticated':
      return claim('sub', asked) !== undefined;
    case 'role': {
      const roles = claim('roles', asked);
      return roles === undefined ? 'unknown' : (roles as readonly unknown[]).includes(rule.role);
    }
    case 'null':
      return column(rule.column, row) === null;
    case 'compare': {
      const left = column(rule.column, row);
      const right = 'claim' in rule.value ? claim(rule.value.claim, asked) : rule.value.literal;
      if (left === null || right === undefined) return 'unknown';
      return COMPARISONS[rule.with](order(left, right as string | number | boolean));
    }
    case 'in': {
      const left = column(rule.column, row);
      const list = 'claim' in rule.values ? claim(rule.values.claim, asked) : rule.values.literals;
      if (left === null || list === undefined) return 'unknown';
      return (list as readonly unknown[]).includes(left);
    }
    case 'not': {
      const inner = evaluate(rule.rule, row, asked);
      return inner === 'unknown' ? 'unknown' : !inner;
    }
    case 'and': {
      const parts = new Set(rule.rules.map((part) => evaluate(part, row, asked)));
      if (parts.has(false)) return false;
      return parts.has('unknown') ? 'unknown' : true;
    }
    case 'or': {
      const parts = new Set(rule.rules.map((part) => evaluate(part, row, asked)));
      if (parts.has(true)) return true;
      return parts.has('unknown') ? 'unknown' : false;
    }
    case 'exists':
    case 'can': {
      const inner = innerRule(rule, asked.rules);
      const others = (asked.db[rule.table] ?? []).filter((other) => joins(rule.on, row, other));
      if (others.some((other) => holds(inner, other, asked))) return true;
      return missesClaim(inner, asked) ? 'unknown' : false;
    }
  }
}

/** Whether two rows are joined: all pairs of columns are equal and not NULL. */
export function joins(on: Join, own: Row, other: Row): boolean {
  return on.every((pair) => {
    const value = column(pair.own, own);
    return value !== null && value === column(pair.other, other);
  });
}

/** The rule that `exists` evaluates for each joined row, with `visible` and `can` expanded. */
export function innerRule(rule: Extract<Rule, { op: 'exists' | 'can' }>, rules: AccessRules): Rule {
  const other = rules.tables[rule.table];
  if (rule.op === 'can') return other ? whoMay(other, rule.operation) : { op: 'nobody' };
  if (rule.rows === 'raw') return rule.rule;
  return { op: 'and', rules: [other?.read ?? { op: 'nobody' }, rule.rule] };
}

/** Updates and deletes also require the rule for read. */
function whoMay(table: TableRules, operation: Operation): Rule {
  switch (operation) {
    case 'read':
    case 'insert':
      return table[operation];
    case 'update':
      return { op: 'and', rules: [table.read, table.update.from] };
    case 'delete':
      return { op: 'and', rules: [table.read, table.delete] };
  }
}

/** Whether a rule reads, at any depth, a claim that the principal lacks. */
export function missesClaim(rule: Rule, asked: Asked): boolean {
  switch (rule.op) {
    case 'role':
      return claim('roles', asked) === undefined;
    case 'compare':
      return 'claim' in rule.value && claim(rule.value.claim, asked) === undefined;
    case 'in':
      return 'claim' in rule.values && claim(rule.values.claim, asked) === undefined;
    case 'not':
      return missesClaim(rule.rule, asked);
    case 'and':
    case 'or':
      return rule.rules.some((part) => missesClaim(part, asked));
    case 'exists':
    case 'can':
      return missesClaim(innerRule(rule, asked.rules), asked);
    default:
      return false;
  }
}

function claim(name: string, { rules, claims }: Asked): ReturnType<typeof ownClaim> {
  const declaration = rules.claims[name];
  if (!declaration) throw new TypeError(`the claim "${name}" is not declared`);
  return ownClaim(declaration, claims);
}

function column(name: string, row: Row): Value {
  const value = row[name];
  if (value === undefined) throw new TypeError(`the row has no column "${name}"`);
  return value;
}

const COMPARISONS: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Negative if the first value is smaller. Compares bytes, because JavaScript orders text by UTF-16 units. */
function order(left: string | number | boolean, right: string | number | boolean): number {
  if (typeof left !== typeof right) throw new TypeError('a comparison of two types');
  if (typeof left === 'string')
    return Buffer.compare(Buffer.from(left), Buffer.from(String(right)));
  return Number(left) - Number(right);
}
