import { Column, is, SQL } from 'drizzle-orm';
import type { Rule } from '../../model/rule.ts';
import { qualifiedName, splitTableId } from '../../model/table-id.ts';
import { ProblemError } from '../../report/problem.ts';

/** Refuses values that are not rules. TypeScript misses them in plain JavaScript and behind `any`. */
export function refuseMalformed(table: string, operation: string, rule: unknown): void {
  const found = malformed(rule);
  if (!found) return;
  throw new ProblemError({
    code: 'access/not-a-rule',
    message: `the rule for ${operation} contains something that is not a rule: ${spell(found.part)}.`,
    object: qualifiedName(splitTableId(table)),
    fix: 'write a rule, for example owner(t.createdBy), or omit the operation to deny it.',
  });
}

const OPERATIONS: ReadonlySet<unknown> = new Set(['read', 'insert', 'update', 'delete']);

/** The first part that is not a rule. */
function malformed(part: unknown): { readonly part: unknown } | undefined {
  if (typeof part !== 'object' || part === null || !('op' in part)) return { part };
  // At this point, only the field `op` is known to exist.
  const rule = part as Rule;
  switch (rule.op) {
    case 'anyone':
    case 'nobody':
    case 'authenticated':
    case 'compare':
    case 'in':
    case 'null':
      return undefined;
    case 'role':
      return typeof rule.role === 'string' ? undefined : { part };
    case 'and':
    case 'or':
      if (!Array.isArray(rule.rules)) return { part };
      for (const each of rule.rules) {
        const found = malformed(each);
        if (found) return found;
      }
      return undefined;
    case 'not':
      return malformed(rule.rule);
    case 'exists':
      return rule.rows === 'raw' || rule.rows === 'visible' ? malformed(rule.rule) : { part };
    case 'can':
      return OPERATIONS.has(rule.operation) ? undefined : { part };
    default:
      return { part };
  }
}

function spell(part: unknown): string {
  // Columns and Drizzle conditions contain cycles, which JSON.stringify refuses.
  const text = JSON.stringify(part, (_, value: unknown) => nameOf(value) ?? value);
  return nameOf(part) ?? text ?? String(part);
}

function nameOf(value: unknown): string | undefined {
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if (is(value, Column)) return `the column ${value.name}`;
  if (is(value, SQL)) return 'a Drizzle condition';
  const { name } = value.constructor;
  return name === 'Object' ? undefined : `a ${name}`;
}
