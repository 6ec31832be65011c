import { splitTableId } from '../model/table-id.ts';
import type { Table } from '../model/table.ts';
import { aboutPart } from './about-columns.ts';
import type { LintRule } from './lint-rule.ts';
import { namedParts, type NamedPart } from './named-parts.ts';

export interface NameOptions {
  readonly pattern: string;
}

const MAX_BYTES = 63;

/** Makes the `check` of a rule that compares names with a pattern. */
export const checkNames =
  (
    kind: NamedPart['kind'],
    /** The columns in the name; `undefined` if the name does not depend on them. */
    columnsOf: (
      part: NamedPart & { readonly hasExpression: boolean },
    ) => readonly string[] | undefined,
  ): LintRule<NameOptions>['check'] =>
  (schema, { pattern }) =>
    schema.tables.flatMap((table) =>
      namedParts(schema, table)
        .filter((part) => part.kind === kind)
        .flatMap((part) => {
          const hasExpression = holdsExpression(table, part);
          const columns = columnsOf({ ...part, hasExpression });
          const wanted = {
            table: table.name,
            columns: columns?.join('_'),
            target: targetOf(table, part),
          };
          if (matches(part.name, pattern, wanted)) return [];
          return {
            ...aboutPart(table, part.name, part.columns),
            message: `the ${kind} ${part.name} of ${table.exportName} is not named ${pattern}.`,
            fix: `call it ${fill(pattern, { ...wanted, columns: wanted.columns ?? '…' })}.`,
          };
        }),
    );

type Words = Readonly<Record<string, string | undefined>>;

/** A suffix after the columns may distinguish indexes. */
function matches(name: string, pattern: string, words: Words): boolean {
  const source = pattern
    .split(/(\{\w+\})/)
    .map((part) => {
      if (!part.startsWith('{')) return escape(part);
      const word = words[part.slice(1, -1)];
      return word === undefined ? '.+' : escape(word);
    })
    .join('');
  const isOpen = pattern.endsWith('{columns}');
  if (new RegExp(`^${source}${isOpen ? '(?:_.*)?' : ''}$`).test(name)) return true;
  // If the full name is too long, any shortened form with the same beginning is accepted.
  const full = fill(pattern, words);
  const [fixed = ''] = fill(pattern.replace(/\{(?!table).*/, ''), words).split('…');
  const isTooLong = new TextEncoder().encode(full).length > MAX_BYTES;
  return isTooLong && name.startsWith(fixed.slice(0, MAX_BYTES - 20));
}

const fill = (pattern: string, words: Words): string =>
  pattern.replaceAll(/\{(\w+)\}/g, (_, word: string) => words[word] ?? '…');

const escape = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

const holdsExpression = ({ indexes }: Table, { kind, name }: NamedPart): boolean =>
  kind === 'index' &&
  indexes.some((index) => index.name === name && index.columns.some((key) => !('column' in key)));

function targetOf({ foreignKeys }: Table, { kind, name }: NamedPart): string | undefined {
  const key = foreignKeys.find((one) => kind === 'foreign key' && one.name === name);
  return key && splitTableId(key.references.table).name;
}
