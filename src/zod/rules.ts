import type { z } from 'zod';

/** What a value must meet, and what to say where it does not. */
export interface Rule<Value> {
  readonly holds: (value: Value) => boolean;
  readonly message: string;
}

/**
 * Puts all rules of a column, and its one spelling, behind a single Zod check:
 * Zod's own cost is per check, and a row has many columns.
 */
export function withRules<Value>(
  schema: z.ZodType<Value>,
  rules: readonly Rule<Value>[],
  spell?: (value: Value) => Value,
): z.ZodType<Value> {
  if (rules.length === 0 && !spell) return schema;
  return schema.check((payload) => {
    const { value } = payload;
    for (const rule of rules) {
      if (rule.holds(value)) continue;
      payload.issues.push({ code: 'custom', message: rule.message, input: value });
      return;
    }
    if (spell) payload.value = spell(value);
  });
}
