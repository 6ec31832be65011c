import { mutantsOf, type DirectedMutant } from './directed-mutant.ts';

const toSql = mutantsOf('src/rules/rule-to-sql.ts');
const policySql = mutantsOf('src/rules/policy-sql.ts');
const claimSql = mutantsOf('src/rules/claim-sql.ts');
const expand = mutantsOf('src/rules/expand-rule.ts');

/** Mistakes in the SQL of rules. */
export const policyMutants: readonly DirectedMutant[] = [
  toSql(
    'test/access/claim-sql.pglite.test.ts',
    'a missing claim in not(or(role, role)) grants',
    "return `${holds ? '' : 'not '}${roles} && array[${list}]`;",
    'return holds ? `${roles} && array[${list}]` : `(${roles} && array[${list}]) is not true`;',
  ),
  toSql(
    'policies',
    'a NULL column passes a negated claim list',
    '`(${column} is not null and ${column} <> all (${list}))`',
    '`${column} <> all (${list})`',
  ),
  toSql(
    'policies',
    'not(in []) is true for NULL',
    "'false' : `${column} is not null`",
    "'false' : 'true'",
  ),
  toSql(
    'policies',
    'a negated list is a list',
    "${holds ? 'in' : 'not in'} (",
    "${holds ? 'in' : 'in'} (",
  ),
  toSql('policies', 'the opposite of less is more', "  '<': '>=',", "  '<': '>',"),
  toSql('policies', 'at most is less', "  '<=': '<=',", "  '<=': '<',"),
  toSql('policies', 'a negated role is a role', "'= any' : '<> all'", "'= any' : '= any'"),
  toSql('policies', 'authenticated is not negated', "is ${holds ? 'not ' : ''}null", 'is not null'),
  toSql('policies', 'and is or', "rest.join(all ? ' and ' : ' or ')", "rest.join(' or ')"),
  toSql(
    'guard',
    'not(exists) without the claim check',
    "return present.length === 0 ? absent : `(${[...present, absent].join(' and ')})`;",
    'return absent;',
  ),
  toSql(
    'policies',
    'only the first pair of columns joins',
    'const joined = on.map(',
    'const joined = on.slice(0, 1).map(',
  ),
  policySql(
    'policies',
    'two joins share one function',
    'fingerprint(JSON.stringify(rule))',
    'fingerprint(JSON.stringify({ ...rule, on: [] }))',
  ),
  policySql(
    'policies',
    'not(exists visible) sees only visible rows',
    "if (holds && rule.op === 'exists' && rule.rows === 'visible') {",
    "if (rule.op === 'exists' && rule.rows === 'visible') {",
  ),
  policySql(
    'policies',
    'a negated lookup is not negated',
    'return holds ? call : `not ${call}`;',
    'return call;',
  ),
  policySql(
    'policies',
    'the functions of a negated lookup are missing',
    "if (holds && rule.rows === 'visible') visit(rule.rule, true);",
    "if (rule.rows === 'visible') visit(rule.rule, holds);",
  ),
  claimSql(
    'policies',
    'uuid claims in lower case only',
    "translate(${text}, '0123456789abcdefABCDEF', '${'0'.repeat(22)}')",
    "translate(${text}, '0123456789abcdef', '${'0'.repeat(16)}')",
  ),
  claimSql(
    'test/access/claim-sql.pglite.test.ts',
    'a uuid with hyphens in other places',
    "'${'0'.repeat(22)}') = '${ZERO_UUID}'`",
    "'${'0'.repeat(22)}') ~ '^[0-]{36}$'`",
  ),
  claimSql(
    'test/access/claim-sql.pglite.test.ts',
    'the limit is 2^53 - 2',
    "'9007199254740991'",
    "'9007199254740990'",
  ),
  expand(
    'guard',
    'claimsUsed skips nested exists and can',
    'visit(expandExists(part, rules).rule);',
    'break;',
  ),
  expand(
    'guard',
    'can(update) without read',
    'return both(table.read, table.update.from);',
    'return table.update.from;',
  ),
  expand(
    'guard',
    'can(delete) without read',
    'return both(table.read, table.delete);',
    'return table.delete;',
  ),
  expand('policies', 'can(insert) is can(read)', 'return table.insert;', 'return table.read;'),
  expand('guard', 'visible rows are all rows', 'both(rule.rule, other.read)', 'rule.rule'),
];
