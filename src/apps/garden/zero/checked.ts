import type { QueryDefinition, ReadonlyJSONValue } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';

/** The validator type of Zero. */
type Validator<Input extends ReadonlyJSONValue, Output extends ReadonlyJSONValue> = NonNullable<
  QueryDefinition<string, Input, Output, unknown, never>['validator']
>;

/**
 * Validates arguments with a Zod schema and names the invalid one in the message. Zod's small build
 * has no messages, and Zero shows messages without the path.
 */
export function checked<Schema extends z.ZodMiniType<ReadonlyJSONValue, ReadonlyJSONValue>>(
  schema: Schema,
): Validator<z.input<Schema>, z.output<Schema>> {
  return {
    '~standard': {
      version: 1,
      vendor: 'techgarden',
      validate(value) {
        const { data, error } = z.safeParse(schema, value, { error: wordsOf });
        if (!error) return { value: data };
        return {
          issues: error.issues.map(({ path, message }) => ({
            path,
            message: `${path.join('.') || 'the arguments'} ${message}`,
          })),
        };
      },
    },
  };
}

function wordsOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input !== undefined) return `must be of type ${issue.expected}`;
      return issue.path?.length ? 'is missing' : 'are missing';
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'too_big':
      return `must ${verb(issue)} at most ${issue.maximum}`;
    case 'too_small':
      return `must ${verb(issue)} at least ${issue.minimum}`;
    case 'unrecognized_keys':
      return `must not have ${issue.keys.join(', ')}`;
    default:
      return 'has an invalid format';
  }
}

/** Numbers "are" at most a limit, lists "have" at most a limit. */
const verb = ({ origin }: { readonly origin: string }): string =>
  origin === 'array' ? 'have' : 'be';
