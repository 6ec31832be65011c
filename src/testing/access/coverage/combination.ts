/**
 * What a proof has to cover: every dimension of a condition with its values. A condition
 * counts only in a question whose answer it decides: with another result of the condition,
 * the operation would be allowed instead of denied, or the reverse.
 */
const DIMENSIONS = {
  /** The condition. `exists` and `can` are conditions too: they look up joined rows. */
  operator: [
    '=',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    'in',
    'null',
    'role',
    'authenticated',
    'exists raw',
    'exists visible',
    'can',
  ],
  /** The type of the compared column; for a lookup, the number of joined columns. */
  type: ['uuid', 'text', 'integer', 'boolean', 'moment', 'enum', 'one column', 'two columns'],
  /** The column in the row in question; for a lookup, NULL if any joined column is. */
  value: ['present', 'NULL', 'no column'],
  /** What the condition compares with; for a lookup, the claims that its rule reads. */
  operand: [
    'none',
    'literal',
    'empty literals',
    'claim',
    'empty claim',
    'missing claim',
    'malformed claim',
  ],
  /** Whether the number of `not` around the condition is odd. */
  polarity: ['positive', 'negated'],
  /** The number of `and`, `or`, `not` and `exists` around the condition; 4 is four or more. */
  depth: [0, 1, 2, 3, 4],
  operation: ['read', 'insert', 'update', 'delete'],
} as const;

/** One value of each dimension. */
export type Combination = {
  readonly [Name in keyof typeof DIMENSIONS]: (typeof DIMENSIONS)[Name][number];
};

type DimensionName = keyof typeof DIMENSIONS;
const NAMES = Object.keys(DIMENSIONS) as readonly DimensionName[];

/** Whether rules, rows and principals can lead to a combination. */
function canOccur(combination: Combination): boolean {
  // Each `not` is a level.
  if (combination.depth === 0 && combination.polarity === 'negated') return false;
  const { operator, type, value, operand } = combination;
  const isColumn = type !== 'one column' && type !== 'two columns';
  const isLiteral = operand === 'literal';
  const isScalarClaim =
    operand === 'claim' || operand === 'missing claim' || operand === 'malformed claim';
  switch (operator) {
    case 'role':
      return (
        type === 'text' && value === 'no column' && (isScalarClaim || operand === 'empty claim')
      );
    case 'authenticated':
      return type === 'uuid' && value === 'no column' && isScalarClaim;
    case 'exists raw':
    case 'exists visible':
    case 'can':
      return (
        !isColumn &&
        value !== 'no column' &&
        (operand === 'none' || operand === 'claim' || operand === 'missing claim')
      );
    case 'null':
      return isColumn && value !== 'no column' && operand === 'none';
    case 'in':
      if (!isColumn || value === 'no column') return false;
      if (isLiteral || operand === 'empty literals') return true;
      return (
        (isScalarClaim || operand === 'empty claim') &&
        (type === 'uuid' || type === 'text' || type === 'integer')
      );
    case '=':
    case '!=':
      if (!isColumn || value === 'no column') return false;
      return isLiteral || (isScalarClaim && type !== 'moment' && type !== 'enum');
    default: {
      const isOrdered = type === 'text' || type === 'integer' || type === 'moment';
      if (!isOrdered || value === 'no column') return false;
      return isLiteral || (isScalarClaim && type !== 'moment');
    }
  }
}

/** Every combination that can occur. */
export const COMBINATIONS: readonly Combination[] = NAMES.reduce<readonly object[]>(
  (partial, name) =>
    partial.flatMap((one) => DIMENSIONS[name].map((value) => ({ ...one, [name]: value }))),
  [{}],
).filter((one): one is Combination => canOccur(one as Combination));

/** A combination as one line, which identifies it. */
export const combinationText = (one: Combination): string =>
  NAMES.map((name) => (name === 'depth' ? `depth ${one.depth}` : one[name])).join(', ');

/** The pairs of a combination: two of its values, as one line each. */
export function pairsOf(one: Combination): readonly string[] {
  const values = NAMES.map((name) => `${name} ${one[name]}`);
  return values.flatMap((first, at) => values.slice(at + 1).map((second) => `${first}, ${second}`));
}
