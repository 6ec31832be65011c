import { quoteName } from '../../model/quote-sql.ts';
import { fillTokens } from '../../model/rule-tokens.ts';
import { ProblemError } from '../../report/problem.ts';
import { claimSql } from '../../rules/policy-sql.ts';
import { ruleToSql } from '../../rules/rule-to-sql.ts';
import type { AccessSource } from './emit-existence-functions.ts';

/**
 * Replaces the rules that custom SQL refers to. The conditions see all rows of other tables, as in
 * a function that runs as its owner; the policies of those tables are part of them.
 */
export function fillRules(sql: string, access: AccessSource | undefined): string {
  return fillTokens(sql, {
    mayRead(table, alias, given) {
      const rules = access?.rules.tables[table];
      if (!access || !rules) throw noRules(table);
      const { claims } = access.rules;
      return ruleToSql(rules.read, {
        rules: access.rules,
        column: (name) => quoteName(alias, name),
        claim: (value) => given[value.claim] ?? claimSql(value, { claims, preset: access.preset }),
      });
    },
    claim(name) {
      const declaration = access?.rules.claims[name];
      if (!access || !declaration) throw noClaim(name);
      const { claims } = access.rules;
      // The type only matters for an undeclared claim.
      return claimSql({ claim: name, type: 'text' }, { claims, preset: access.preset });
    },
    roles() {
      if (!access) throw noRules('the schema');
      return access.roles.map((role) => quoteName(role)).join(', ');
    },
  });
}

const noRules = (table: string): ProblemError =>
  new ProblemError({
    code: 'access/no-rules',
    message: `a function applies the access rules of ${table}, which has none.`,
    fix: 'add rules to the table with access().',
  });

const noClaim = (claim: string): ProblemError =>
  new ProblemError({
    code: 'access/undeclared-claim',
    message: `a function reads the claim ${JSON.stringify(claim)}, which is not declared.`,
    fix: 'declare it in defineAccess({ claims: { … } }).',
  });
