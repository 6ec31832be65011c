import type { Schema } from '../model/schema.ts';
import type { Finding } from '../report/problem.ts';
import { applyIgnores, type Ignore } from './apply-ignores.ts';
import { chosenRules } from './chosen-rules.ts';
import { hideParts, rulesThatNeed, type HiddenParts } from './hidden-parts.ts';
import type { LintInput, LintRule } from './lint-rule.ts';
import { objectsOf } from './objects-of.ts';
import { runRules } from './run-rules.ts';
import type { ValidateConfig } from './validate-config.ts';
import type { NotJudged, Validation } from './validation.ts';

export interface JudgeOptions {
  readonly settings: ValidateConfig;
  readonly input: LintInput;
  readonly ignores: readonly Ignore[];
  /** The findings of reading the schema. */
  readonly found: readonly Finding[];
  /** Objects of tables that could not be read completely, with the export names of the tables. */
  readonly broken?: ReadonlyMap<string, string>;
  /** Whether the schema has access rules that could not be read. */
  readonly accessRefused?: boolean;
  /** Adds the places of an object that are not in the model. */
  readonly place?: (finding: Finding) => Finding;
  /** Objects that could not be read. */
  readonly unread?: readonly NotJudged[];
  /** Parts of the model that could not be read, with the reasons. Rules that read them are skipped. */
  readonly hidden?: HiddenParts;
  /**
   * Whether `found` has the findings of the plan for Zero. Rules that report the same are skipped.
   */
  readonly zeroPlanned?: boolean;
}

/** Judges a schema by the rules that the settings choose. */
export function judgeSchema(schema: Schema, options: JudgeOptions): Validation {
  const { settings, input, ignores, found, broken = new Map() } = options;
  const { accessRefused = false, zeroPlanned = false } = options;
  const { place = (finding) => finding, unread = [], hidden = new Map() } = options;
  const { rules: chosen, known, findings: misused } = chosenRules(settings);
  const applicable = chosen.filter(
    ({ inputs, planned }) => inputs.includes(input) && !(zeroPlanned && planned !== undefined),
  );
  // If the access rules cannot be read, rules that depend on them would report false findings.
  const allowed = applicable.filter(({ readsAccess }) => !(readsAccess && accessRefused));
  const complete = schema.tables.filter(({ exportName }) => !broken.has(exportName));
  const visible = hideParts({ ...schema, tables: complete }, hidden);
  const blind = rulesThatNeed(visible, allowed, hidden);
  const rules = allowed.filter(({ code }) => !blind.some(({ rule }) => rule === code));
  const { kept, ignored, problems } = applyIgnores(
    runRules(visible, {
      rules,
      input,
      ...(settings.rules && { settings: settings.rules }),
    }).map(place),
    ignores,
    { rules: known.map(({ code }) => code), objects: objectsOf(schema) },
  );
  return {
    findings: [...found, ...misused, ...problems, ...kept],
    ignored,
    notJudged: [
      ...unread,
      ...blind,
      ...(input === 'definitions' ? [] : chosen.filter(isForDefinitions).map(withoutDefinitions)),
      ...applicable.filter((rule) => !allowed.includes(rule)).map(withoutAccess),
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

const isForDefinitions = ({ inputs }: LintRule): boolean =>
  inputs.includes('definitions') && !inputs.includes('database');

const withoutDefinitions = ({ code }: LintRule): NotJudged => ({
  rule: code,
  reason: 'for definitions in Drizzle only',
});
