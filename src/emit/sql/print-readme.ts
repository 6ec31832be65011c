import type { Column } from '../../model/column.ts';
import type { Access } from '../../model/access.ts';
import type { Schema } from '../../model/schema.ts';
import type { SqlFunction } from '../../model/sql-function.ts';
import type { Table } from '../../model/table.ts';
import { writtenRules, OPERATIONS } from '../../rules/operation-rules.ts';
import { ruleInWords } from '../../rules/rule-in-words.ts';
import { columnDefault } from './column-default.ts';
import { describeFunctions } from './describe-functions.ts';
import { printExamples } from './print-examples.ts';
import { quoteType } from './quote-type.ts';

export interface ReadmeInput {
  readonly title: string;
  readonly schema: Schema;
  /** The SQL files in the order in which they are applied. */
  readonly files: readonly string[];
  readonly supabase: boolean;
  /** The functions that clients of Supabase can call. */
  readonly functions: readonly SqlFunction[];
}

/** The README next to the SQL files: how to apply them, the tables, their rules, and examples. */
export function printReadme(input: ReadmeInput): string {
  const { title, schema, files, supabase, functions } = input;
  const apply = files.map((file) => `psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f ${file}`);
  return `${[
    `# ${title}`,
    'These files can be applied again: each statement creates what is missing, or replaces what is there.',
    block('sh', apply),
    ...schema.tables.flatMap((table) => [
      ...describeTable(table, schema.access),
      ...printExamples(table, { rules: schema.access?.rules.tables[table.id], supabase }).map(
        ({ language, lines }) => block(language, lines),
      ),
    ]),
    ...describeFunctions(functions),
  ].join('\n\n')}\n`;
}

const block = (language: string, lines: readonly string[]): string =>
  ['```' + language, ...lines, '```'].join('\n');

function describeTable(table: Table, access: Access | undefined): readonly string[] {
  const keys = [
    ...table.uniques.map(({ name, columns }) => `- unique \`${name}\`: ${columns.join(', ')}`),
    ...table.foreignKeys.map(
      ({ name, columns, references, onDelete }) =>
        `- foreign key \`${name}\`: ${columns.join(', ')} to ${references.table} (${references.columns.join(', ')}), on delete ${onDelete}`,
    ),
    ...table.checks.map(({ name }) => `- check \`${name}\``),
    ...table.indexes.map(
      ({ name, method, unique }) => `- ${unique ? 'unique ' : ''}index \`${name}\` (${method})`,
    ),
  ];
  return [
    `## ${table.name}`,
    ...(table.doc === undefined ? [] : [table.doc]),
    [
      '| column | type | required | default | meaning |',
      '| --- | --- | --- | --- | --- |',
      ...table.columns.map((column) => columnRow(table, column)),
    ].join('\n'),
    ...(keys.length === 0 ? [] : [keys.join('\n')]),
    ...rulesOf(table, access),
  ];
}

function columnRow(table: Table, column: Column): string {
  const preset = columnDefault(table, column);
  const cells = [
    `\`${column.name}\``,
    quoteType(column.type).replaceAll('"', ''),
    column.notNull ? 'yes' : 'no',
    preset === undefined ? '' : `\`${preset}\``,
    column.doc ?? '',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`;
}

function rulesOf(table: Table, access: Access | undefined): readonly string[] {
  const rules = access?.rules.tables[table.id];
  if (!rules) return [];
  const lines = OPERATIONS.map((operation) => {
    const parts = Object.values(writtenRules(rules, operation)).map((rule) =>
      ruleInWords(rule, table.id),
    );
    return `- **${operation}**: ${[...new Set(parts)].join('; then ')}`;
  });
  return ['Row-level security:', lines.join('\n')];
}
