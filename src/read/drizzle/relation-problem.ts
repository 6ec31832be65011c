import type { Problem } from '../../report/problem.ts';
import type { Reason } from './normalise-relation.ts';
import type { Broken, WrittenRelation } from './written-relations.ts';

/** What is said about a wrong relation. */
export type RelationProblem = Pick<Problem, 'code' | 'message' | 'fix'>;

/** The names that a problem speaks of, as they are exported. */
interface Ends {
  readonly from: string;
  readonly to: string;
  /** The other sides that come into question: `posts.author`. */
  readonly sides: readonly string[];
}

/** Says what is wrong with a relation, and what to write instead. */
export function relationProblem(
  { name, made }: WrittenRelation,
  because: Reason,
  { from, to, sides }: Ends,
): RelationProblem {
  const what = `the relation ${from}.${name}`;
  const leaveOut = `leave it out in garden.config.ts with zero.relations.${from}: { ${name}: false }`;
  const pair = made.kind === 'made' ? made.relation.relationName : made.relationName;
  const key = `one(${to}, { fields: [${from}.…], references: [${to}.…] })`;
  switch (because) {
    case 'broken':
      if (made.kind === 'broken' && made.reason === 'no-target') {
        return {
          code: 'schema/relation-no-table',
          message: `${what} leads to a table that is undefined.`,
          fix: 'import the table that it should lead to; files that import each other may have to put relations() into a file of their own.',
        };
      }
      if (made.kind === 'broken' && made.reason === 'no-fields') {
        return {
          code: 'schema/relation-no-key',
          message: `${what} has settings, but no fields and references.`,
          fix: `write both: ${key}, or neither of them on the side without the foreign key.`,
        };
      }
      if (made.kind === 'broken' && made.reason === 'twice') {
        return {
          code: 'schema/relation-twice',
          message: `${what} is written more than once; Drizzle keeps what is exported last.`,
          fix: `rename all but one, or take them out; or keep one with zero.relations.${from}: { ${name}: { keep: '${made.keep ?? ''}' } }; or ${leaveOut}.`,
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
        message: `${what} leads to the table ${to}, which no schema file exports.`,
        fix: `export ${to} from a file that drizzle.config.ts names, or ${leaveOut}.`,
      };
    case 'ambiguous':
      return pair === undefined
        ? {
            code: 'schema/relation-ambiguous',
            message:
              from === to
                ? `${what} leads to its own table, where only a relationName tells which is its other side.`
                : `${what} could be the other side of ${listed(sides)}.`,
            fix: `give both sides of each a name: relationName: '${name}' in ${from}.${name} and in the one it belongs to; or ${leaveOut}.`,
          }
        : {
            code: 'schema/relation-ambiguous',
            message: `${what} is called '${pair}', and so are ${listed(sides)}.`,
            fix: `give each pair of relations a relationName of its own, or ${leaveOut}.`,
          };
    case 'wrong-pair':
      return {
        code: 'schema/relation-wrong-pair',
        message: `${what} is called '${pair ?? ''}' as is ${listed(sides)}, which leads to another table; Drizzle would join by its columns.`,
        fix: `give ${from}.${name} and its other side in ${to} a relationName that no other pair has, or ${leaveOut}.`,
      };
    case 'no-key':
      return {
        code: 'schema/relation-no-key',
        message: `${what} has no fields and references, nor has any other side of it in ${to}.`,
        fix: `write the side with the foreign key: ${from}: one(${from}, { fields: [${to}.…], references: [${from}.…]${pair === undefined ? '' : `, relationName: '${pair}'`} }) in the relations of ${to}; or ${leaveOut}.`,
      };
    case 'arity':
      return {
        code: 'schema/relation-arity',
        message: `${what} has not as many fields as references.`,
        fix: 'write one column in references for each in fields, in the same order.',
      };
    case 'elsewhere':
      return {
        code: 'schema/relation-wrong-column',
        message: `${what} has a column of another table in its fields or references.`,
        fix: `name columns of ${from} in fields, and of ${to} in references.`,
      };
  }
}

/** `, references[0]: users.uuid`, as far as the source tells. */
const placeOf = ({ hole, text }: Broken): string =>
  (hole ? `, ${hole.side}[${hole.index}]` : '') + (text === undefined ? '' : `: ${text}`);

const listed = (names: readonly string[]): string => names.join(' and ');
