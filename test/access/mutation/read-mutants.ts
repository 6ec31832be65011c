import { mutantsOf, type DirectedMutant } from './directed-mutant.ts';

const lower = mutantsOf('src/guard/lower-rule.ts');
const query = mutantsOf('src/guard/guard-query.ts');
const parent = mutantsOf('src/guard/met-by-parent.ts');
const claim = mutantsOf('src/model/read-claim.ts');

/** Mistakes in guarded reads, and in reading the token. */
export const readMutants: readonly DirectedMutant[] = [
  lower(
    'reads',
    'NOT EXISTS without the claim check',
    'const requiredClaims = holds ? [] : claimsUsed(raw.rule, scope.rules);',
    'const requiredClaims: readonly ClaimValue[] = [];',
  ),
  lower(
    'reads',
    'not(role) is true without a claim',
    "listOf(claims('roles'))?.includes(rule.role) === holds",
    "(listOf(claims('roles'))?.includes(rule.role) ?? false) === holds",
  ),
  lower(
    'reads',
    'not(in []) is true for NULL',
    "return !holds && comparison(column, 'IS NOT', null);",
    'return !holds;',
  ),
  lower(
    'reads',
    'not(in claim) is true without a claim',
    'return list !== undefined && bind(list);',
    'return bind(list ?? []);',
  ),
  lower(
    'reads',
    'a comparison with a missing claim compares with NULL',
    'return content !== undefined && comparison(column, op, content);',
    "return content === undefined ? comparison(column, 'IS', null) : comparison(column, op, content);",
  ),
  lower(
    'reads',
    'visible rows are all rows',
    "return joinLowered('and', [inner, lower(read, true, enter(rule, 'read', scope))]);",
    "enter(rule, 'read', scope); void read; return inner;",
  ),
  lower('reads', 'EXISTS is not negated', "op: holds ? 'EXISTS' : 'NOT EXISTS'", "op: 'EXISTS'"),
  lower('reads', 'the opposite of at least is at most', "  '>=': '<',", "  '>=': '<=',"),
  lower(
    'src/guard/lower-rule.test.ts',
    'rows that prove access are synced',
    "system: 'permissions'",
    "system: 'client'",
  ),
  query(
    'src/guard/guard-query.test.ts',
    'guardQuery is memoised by table only',
    'const key = keyOf(table, origin);\n    let term',
    'const key = table;\n    let term',
  ),
  query(
    'src/guard/guard-query.test.ts',
    'or in a query is unguarded',
    "    case 'and':\n    case 'or':\n      return {\n        ...condition,\n        conditions: condition.conditions.map((part) => guardCondition",
    "    case 'or':\n      return condition;\n    case 'and':\n      return {\n        ...condition,\n        conditions: condition.conditions.map((part) => guardCondition",
  ),
  query(
    'src/guard/guard-query.test.ts',
    'NOT EXISTS in a query is unguarded',
    'const from = condition.scalar ? undefined : table;',
    "if (condition.op === 'NOT EXISTS') return condition;\n      const from = condition.scalar ? undefined : table;",
  ),
  query(
    'reads',
    'a related table is unguarded',
    'related: related.map((hop) => guardHop(hop, readable, ast.table))',
    'related',
  ),
  query(
    'reads',
    'a condition on a related table is unguarded',
    'ast.where ? guardCondition(ast.where, readable, ast.table) : true',
    'ast.where ?? true',
  ),
  query(
    'src/guard/guard-query.test.ts',
    'a table without rules is open',
    'if (own === undefined) return false;',
    'if (own === undefined) return true;',
  ),
  parent(
    'src/guard/met-by-parent.test.ts',
    'metByParent ignores the inner rule',
    "rule.rows === 'visible' && rule.rule.op === 'anyone'",
    "rule.rows === 'visible'",
  ),
  parent(
    'src/guard/met-by-parent.test.ts',
    'one joined column is enough',
    'on.every(({ own, other }) =>',
    'on.some(({ own, other }) =>',
  ),
  parent(
    'src/guard/met-by-parent.test.ts',
    'a parent proves a negated lookup',
    "    case 'exists':\n    case 'can':\n      return asksToRead",
    "    case 'not':\n      return { ...rule, rule: metByParent(rule.rule, origin) };\n    case 'exists':\n    case 'can':\n      return asksToRead",
  ),
  parent(
    'src/guard/met-by-parent.test.ts',
    'a parent proves every operation',
    "rule.operation === 'read'",
    "rule.operation !== 'insert'",
  ),
  claim(
    'src/model/read-claim.test.ts',
    'a path enters lists',
    ' || Array.isArray(value)) return undefined;',
    ') return undefined;',
  ),
  claim(
    'reads',
    'a uuid claim keeps its case',
    'value.toLowerCase() : undefined',
    'value : undefined',
  ),
  claim(
    'reads',
    'any number is an integer',
    'Number.isSafeInteger(value)',
    'Number.isFinite(value)',
  ),
  claim(
    'reads',
    'elements of another type are left out',
    'list.includes(undefined) ? undefined : (list as (string | number)[])',
    'list.filter((one) => one !== undefined) as (string | number)[]',
  ),
];
