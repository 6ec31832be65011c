import type { Problem } from '../../report/problem.ts';
import type { Reason } from './normalise-relation.ts';
import type { Broken, WrittenRelation } from './written-relations.ts';

/** The problem of a wrong relation. */
export type RelationProblem = Pick<Problem, 'code' | 'message' | 'fix'>;

/** The export names in a problem. */
interface Ends {
  readonly from: string;
  readonly to: string;
  /** The possible inverse relations: `posts.author`. */
  readonly sides: readonly string[];
}

/** Describes what is wrong with a relation, and how to fix it. */
export function relationProblem(
  { name, made }: WrittenRelation,
  because: Reason,
  { from, to, sides }: Ends,
): RelationProblem {
  const what = `the relation ${from}.${name}`;
  const leaveOut = `exclude it in garden.config.ts with zero.relations.${from}: { ${name}: false }`;
  const pair = made.kind === 'made' ? made.relation.relationName : made.relationName;
  const key = `one(${to}, { fields: [${from}.…], references: [${to}.…] })`;
  switch (because) {
    case 'broken':
      if (made.kind === 'broken' && made.reason === 'no-target') {
        return {
          code: 'schema/relation-no-table',
          message: `${what} refers to a table that is undefined.`,
          fix: 'import the target table; if files import each other, move relations() into a separate file.',
        };
      }
      if (made.kind === 'broken' && made.reason === 'no-fields') {
        return {
          code: 'schema/relation-no-key',
          message: `${what} has settings, but no fields and references.`,
          fix: `set both: ${key}, or neither on the side without the foreign key.`,
        };
      }
      if (made.kind === 'broken' && made.reason === 'twice') {
        return {
          code: 'schema/relation-twice',
          message: `${what} is defined more than once; Drizzle uses the last export.`,
          fix: `rename or remove all but one; or keep one with zero.relations.${from}: { ${name}: { keep: '${made.keep ?? ''}' } }; or ${leaveOut}.`,
        };
      }
      return {
        code: 'schema/relation-no-column',
        message: `${what} names a column that does not exist${made.kind === 'broken' ? placeOf(made) : ''}.`,
        fix: `name columns of ${from} in fields, and of ${to} in references.`,
      };
    case 'not-exported':
      return {
        code: 'schema/relation-table-not-exported',
        message: `${what} refers to the table ${to}, which no schema file exports.`,
        fix: `export ${to} from a file that drizzle.config.ts names, or ${leaveOut}.`,
      };
    case 'ambiguous':
      return pair === undefined
        ? {
            code: 'schema/relation-ambiguous',
            message:
              from === to
                ? `${what} refers to its own table, and needs a relationName to identify its inverse.`
                : `${what} could be the inverse of ${listed(sides)}.`,
            fix: `set a relationName on both relations of each pair: relationName: '${name}' in ${from}.${name} and in its inverse; or ${leaveOut}.`,
          }
        : {
            code: 'schema/relation-ambiguous',
            message: `${what} has the relationName '${pair}', as do ${listed(sides)}.`,
            fix: `give each pair of relations its own relationName, or ${leaveOut}.`,
          };
    case 'wrong-pair':
      return {
        code: 'schema/relation-wrong-pair',
        message: `${what} has the relationName '${pair ?? ''}', as does ${listed(sides)}, which refers to another table; Drizzle would join by its columns.`,
        fix: `give ${from}.${name} and its inverse in ${to} a unique relationName, or ${leaveOut}.`,
      };
    case 'no-key':
      return {
        code: 'schema/relation-no-key',
        message: `${what} has no fields and references, and neither has an inverse in ${to}.`,
        fix: `define the side with the foreign key: ${from}: one(${from}, { fields: [${to}.…], references: [${from}.…]${pair === undefined ? '' : `, relationName: '${pair}'`} }) in the relations of ${to}; or ${leaveOut}.`,
      };
    case 'arity':
      return {
        code: 'schema/relation-arity',
        message: `${what} has a different number of fields and references.`,
        fix: 'list one column in references for each in fields, in the same order.',
      };
    case 'elsewhere':
      return {
        code: 'schema/relation-wrong-column',
        message: `${what} has a column of another table in its fields or references.`,
        fix: `name columns of ${from} in fields, and of ${to} in references.`,
      };
  }
}

/** `, references[0]: users.uuid`, as far as the source shows it. */
const placeOf = ({ hole, text }: Broken): string =>
  (hole ? `, ${hole.side}[${hole.index}]` : '') + (text === undefined ? '' : `: ${text}`);

const listed = (names: readonly string[]): string => names.join(' and ');
