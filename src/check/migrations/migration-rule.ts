import type { MeasuredStatement, MeasuredTable } from '../../model/measured-statement.ts';
import type { Finding } from '../../report/problem.ts';
import type { LintRule, Violation } from '../lint-rule.ts';

/** A violation by one statement. Its place is the statement. */
export type StatementViolation = Pick<Violation, 'object' | 'message' | 'fix'>;

/** A rule about the statements of migrations. */
export interface MigrationRule extends LintRule {
  /** Set if one finding for each file is enough. */
  readonly oncePerFile?: true;
  judge(statement: MeasuredStatement): readonly StatementViolation[];
}

type Definition = Pick<
  MigrationRule,
  'code' | 'severity' | 'title' | 'why' | 'example' | 'oncePerFile' | 'judge'
>;

/** Makes a rule about the statements of migrations. */
export const defineMigrationRule = (rule: Definition): MigrationRule => ({
  presets: ['recommended'],
  inputs: ['migrations'],
  check: () => [],
  ...rule,
});

/** Creates the `judge` of a rule that judges each table of a statement separately. */
export const judgeTables =
  (
    judge: (
      table: MeasuredTable,
      statement: MeasuredStatement,
    ) => Omit<StatementViolation, 'object'> | undefined,
  ): MigrationRule['judge'] =>
  (statement) =>
    statement.tables.flatMap((table) => {
      const violation = judge(table, statement);
      return violation === undefined ? [] : [{ object: table.table, ...violation }];
    });

/** Separates the migrations of an example. */
export const NEXT_MIGRATION = '\n-- next migration\n';

/** Runs rules over the statements of migrations. */
export function runMigrationRules(
  statements: readonly MeasuredStatement[],
  rules: readonly MigrationRule[],
  severityOf: (rule: MigrationRule) => Finding['severity'],
): readonly Finding[] {
  const reported = new Set<string>();
  return statements.flatMap((statement) =>
    rules.flatMap((rule): readonly Finding[] => {
      const { file, line } = statement;
      const { code, oncePerFile } = rule;
      const key = `${code} ${file}`;
      if (oncePerFile && reported.has(key)) return [];
      const violations = rule.judge(statement);
      if (violations.length > 0) reported.add(key);
      const severity = severityOf(rule);
      return violations.map((one) => ({ severity, code, ...one, places: [{ file, line }] }));
    }),
  );
}
