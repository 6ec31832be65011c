import type { Schema } from '../model/schema.ts';
import type { Finding } from '../report/problem.ts';
import { applyIgnores, type Ignore } from './apply-ignores.ts';
import { chosenRules } from './chosen-rules.ts';
import type { LintInput, LintRule } from './lint-rule.ts';
import { objectsOf } from './objects-of.ts';
import { runRules } from './run-rules.ts';
import type { ValidateConfig } from './validate-config.ts';
import type { NotJudged, Validation } from './validation.ts';

export interface JudgeOptions {
  readonly settings: ValidateConfig;
  readonly input: LintInput;
  readonly ignores: readonly Ignore[];
  /** What reading the schema found. */
  readonly found: readonly Finding[];
  /** Objects of tables that could not be read completely, with the export names of the tables. */
  readonly broken?: ReadonlyMap<string, string>;
  /** Whether the schema has access rules that could not be read. */
  readonly accessRefused?: boolean;
}

/** Judges a schema by the rules that the settings choose. */
export function judgeSchema(
  schema: Schema,
  { settings, input, ignores, found, broken = new Map(), accessRefused = false }: JudgeOptions,
): Validation {
  const { rules: chosen, known, findings: misused } = chosenRules(settings);
  const applicable = chosen.filter(({ inputs }) => inputs.includes(input));
  // What depends on rules that cannot be read would be wrong about all of them.
  const rules = applicable.filter(({ readsAccess }) => !(readsAccess && accessRefused));
  const complete = schema.tables.filter(({ exportName }) => !broken.has(exportName));
  const { kept, ignored, problems } = applyIgnores(
    runRules(
      { ...schema, tables: complete },
      { rules, input, ...(settings.rules && { settings: settings.rules }) },
    ),
    ignores,
    { rules: known.map(({ code }) => code), objects: objectsOf(schema) },
  );
  return {
    findings: [...found, ...misused, ...problems, ...kept],
    ignored,
    notJudged: [
      ...applicable.filter((rule) => !rules.includes(rule)).map(withoutAccess),
      ...[...broken.values()].flatMap((object) =>
        rules.map((rule) => ({
          rule: rule.code,
          object,
          reason: 'its constraints could not be read',
        })),
      ),
    ],
    tables: schema.tables.length,
    rules,
  };
}

const withoutAccess = ({ code }: LintRule): NotJudged => ({
  rule: code,
  reason: 'the access rules could not be read',
});
