import type { Schema } from '../model/schema.ts';
import type { LintRule } from './lint-rule.ts';
import { optionsOf } from './rule-settings.ts';
import type { NotJudged } from './validation.ts';

/** Fields of a schema and of its tables that could not be read, with the reasons. */
export type HiddenParts = ReadonlyMap<string, string>;

class HiddenPart extends Error {
  override readonly name = 'HiddenPart';
}

/** A schema that throws when a hidden part is read, so that it is not mistaken for an empty one. */
export function hideParts(schema: Schema, hidden: HiddenParts): Schema {
  if (hidden.size === 0) return schema;
  const tables = schema.tables.map((table) => withTraps(table, hidden));
  return withTraps({ ...schema, tables }, hidden);
}

function withTraps<Part extends object>(part: Part, hidden: HiddenParts): Part {
  const copy = { ...part };
  for (const [name, reason] of hidden) {
    if (!(name in copy)) continue;
    Object.defineProperty(copy, name, {
      // Not enumerable, so that copying the schema does not read the part.
      enumerable: false,
      get: () => {
        throw new HiddenPart(reason);
      },
    });
  }
  return copy;
}

/** The rules that cannot judge the schema because they read a hidden part. */
export function rulesThatNeed(
  schema: Schema,
  rules: readonly LintRule[],
  hidden: HiddenParts,
): readonly NotJudged[] {
  if (hidden.size === 0) return [];
  return rules.flatMap((rule) => {
    try {
      rule.check(schema, optionsOf(rule, undefined));
      return [];
    } catch (error) {
      if (!(error instanceof HiddenPart)) throw error;
      return { rule: rule.code, reason: error.message };
    }
  });
}
