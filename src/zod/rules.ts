import type { z } from 'zod/v4';
import type { Rule } from '../model/values/value-rules.ts';

/**
 * Combines all rules of a column and its normalization into one Zod check, because
 * Zod's overhead is per check and a row has many columns.
 */
export function withRules<Value>(
  schema: z.ZodType<Value>,
  rules: readonly Rule<Value>[],
  normalize?: (value: Value) => Value,
): z.ZodType<Value> {
  if (rules.length === 0 && !normalize) return schema;
  return schema.check((payload) => {
    const { value } = payload;
    for (const rule of rules) {
      if (rule.holds(value)) continue;
      payload.issues.push({ code: 'custom', message: rule.message, input: value });
      return;
    }
    if (normalize) payload.value = normalize(value);
  });
}
