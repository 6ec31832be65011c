import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseSync, type Argument, type Comment, type Expression, type Program } from 'oxc-parser';
import { docText } from './doc-text.ts';

/** What the source says above each table, by the table's name in SQL. */
export type Docs = ReadonlyMap<string, TableDocs>;

interface TableDocs {
  readonly doc?: string;
  /** By the column's name in TypeScript. */
  readonly columns: ReadonlyMap<string, string>;
}

/**
 * Reads the doc comments above tables and columns, in the given files and in all
 * that they import by a relative path. The comment that an editor shows for
 * `packages.homepage` is the one that the database keeps: it is written once.
 */
export function readDocs(files: readonly string[]): Docs {
  const docs = new Map<string, TableDocs>();
  const seen = new Set<string>();
  const pending = files.map((file) => resolve(file));
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readSource(file);
    if (text === undefined) continue;
    const { program, module, comments } = parseSync(file, text);
    for (const table of tablesIn(program)) docs.set(table.name, tableDocs(table, comments, text));
    const requests = [
      ...module.staticImports.map((statement) => statement.moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.map((entry) => entry.moduleRequest?.value),
      ),
    ];
    for (const request of requests) {
      if (request?.startsWith('.')) pending.push(resolve(dirname(file), request));
    }
  }
  return docs;
}

/** TypeScript also lets a file be named by what it compiles to, or without an ending. */
function readSource(file: string): string | undefined {
  const candidates = [file, file.replace(/\.js$/, '.ts'), `${file}.ts`, `${file}/index.ts`];
  for (const candidate of candidates) {
    try {
      return readFileSync(candidate, 'utf8');
    } catch {
      // Not this one. A file that is missing altogether fails when the schema is imported.
    }
  }
  return undefined;
}

interface TableNode {
  readonly name: string;
  /** Where the statement starts, and with it the end of its comment. */
  readonly start: number;
  readonly columns: Extract<Argument, { type: 'ObjectExpression' }> | undefined;
}

/** `export const x = anyTable('name', { … }, …)`, with `.enableRLS()` or not. */
function tablesIn(program: Program): readonly TableNode[] {
  return program.body.flatMap((statement): TableNode[] => {
    if (statement.type !== 'ExportNamedDeclaration') return [];
    if (statement.declaration?.type !== 'VariableDeclaration') return [];
    return statement.declaration.declarations.flatMap(({ init }) => {
      const call = tableCall(init);
      const [name, columns] = call?.arguments ?? [];
      if (name?.type !== 'Literal' || typeof name.value !== 'string') return [];
      return [
        {
          name: name.value,
          start: statement.start,
          columns: columns?.type === 'ObjectExpression' ? columns : undefined,
        },
      ];
    });
  });
}

/** Sees through `pgTable(…).enableRLS()`. */
function tableCall(
  init: Expression | null,
): Extract<Expression, { type: 'CallExpression' }> | undefined {
  if (init?.type !== 'CallExpression') return undefined;
  const { callee } = init;
  if (callee.type === 'MemberExpression' && callee.object.type === 'CallExpression') {
    return tableCall(callee.object);
  }
  return init;
}

function tableDocs(table: TableNode, comments: readonly Comment[], text: string): TableDocs {
  const columns = new Map<string, string>();
  for (const property of table.columns?.properties ?? []) {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') continue;
    const doc = docBefore(property.start, comments, text);
    if (doc !== undefined) columns.set(property.key.name, doc);
  }
  const doc = docBefore(table.start, comments, text);
  return { ...(doc === undefined ? {} : { doc }), columns };
}

/** The doc comment that ends where something starts, with nothing but space between. */
function docBefore(start: number, comments: readonly Comment[], text: string): string | undefined {
  const comment = comments.findLast(({ end }) => end <= start);
  if (comment?.type !== 'Block' || !comment.value.startsWith('*')) return undefined;
  if (text.slice(comment.end, start).trim() !== '') return undefined;
  return docText(comment.value.slice(1));
}
