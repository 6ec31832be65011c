import { sqlWords, WordReader } from './sql-words.ts';

/** An object that a statement creates or renames. */
export interface CreatedObject {
  readonly schema?: string;
  readonly name: string;
  /** Its name inside the table: a column, a constraint, an index or a policy. */
  readonly within?: string;
  /** Its former name, for a rename. */
  readonly from?: string;
  /** Offset in the statement. */
  readonly at: number;
}

const MODIFIERS = ['global', 'local', 'temp', 'temporary', 'unlogged', 'foreign', 'recursive'];
const NAMED = ['type', 'domain', 'sequence', 'function', 'procedure', 'schema', 'server'];
const CONSTRAINTS = ['primary', 'unique', 'check', 'foreign', 'exclude', 'like'];

/**
 * The objects that a statement creates, with their offsets. Names that Postgres chooses are
 * predicted for the usual cases.
 */
export function createdObjects(statement: string): readonly CreatedObject[] {
  const words = new WordReader(sqlWords(statement));
  if (words.skip('create')) return created(words);
  if (words.skip('alter')) return altered(words);
  return [];
}

function created(words: WordReader): readonly CreatedObject[] {
  words.skip('or', 'replace');
  words.skipAny(MODIFIERS);
  if (words.skip('table')) return createdTable(words);
  const unique = words.skip('unique');
  if (unique || words.sees('index')) return createdIndex(words);
  if (words.skip('policy')) {
    const policy = words.takeName();
    return policy && words.skip('on') ? inTable(words.takeName(), policy.name, policy.at) : [];
  }
  words.skip('materialized');
  if (!words.skip('view') && !NAMED.some((keyword) => words.skip(keyword))) return [];
  words.skip('if', 'not', 'exists');
  const name = words.takeName();
  return name ? [name] : [];
}

type Name = ReturnType<WordReader['takeName']>;

/** An object of a table, with its offset. */
function inTable(table: Name, within: string, at: number): readonly CreatedObject[] {
  if (table === undefined) return [];
  const { schema, name } = table;
  return [{ ...(schema !== undefined && { schema }), name, within, at }];
}

function createdTable(words: WordReader): readonly CreatedObject[] {
  words.skip('if', 'not', 'exists');
  const table = words.takeName();
  if (table === undefined) return [];
  const objects: CreatedObject[] = [table];
  if (words.skip('partition', 'of')) words.takeName();
  if (!words.skip('(')) return objects;
  do objects.push(...element(words, table));
  while (words.skipElement() === 'comma');
  return objects;
}

/** A column or a constraint, in CREATE TABLE or after ADD. */
function element(words: WordReader, table: NonNullable<Name>): readonly CreatedObject[] {
  const at = words.next?.at ?? 0;
  if (words.skip('constraint')) return inTable(table, words.takeName()?.name ?? '', at);
  const keyword = CONSTRAINTS.find((one) => words.skip(one));
  if (keyword === undefined) return column(words, table, at);
  if (keyword === 'primary') return inTable(table, `${table.name}_pkey`, at);
  words.skip('key');
  const suffix = { unique: 'key', foreign: 'fkey' }[keyword];
  if (suffix === undefined) return [];
  return inTable(table, [table.name, ...words.takeColumns(), suffix].join('_'), at);
}

function column(words: WordReader, table: NonNullable<Name>, at: number): readonly CreatedObject[] {
  const name = words.takeName()?.name;
  if (name === undefined) return [];
  const predicted = ['fkey', 'key', 'check'].map((suffix) => `${table.name}_${name}_${suffix}`);
  return [name, ...predicted].flatMap((within) => inTable(table, within, at));
}

function createdIndex(words: WordReader): readonly CreatedObject[] {
  words.skip('index');
  words.skip('concurrently');
  words.skip('if', 'not', 'exists');
  const named = words.sees('on') ? undefined : words.takeName();
  if (!words.skip('on')) return [];
  words.skip('only');
  const table = words.takeName();
  if (table === undefined) return [];
  if (words.skip('using')) words.take();
  const name = named?.name ?? [table.name, ...words.takeColumns(), 'idx'].join('_');
  return inTable(table, name, 0);
}

function altered(words: WordReader): readonly CreatedObject[] {
  words.skipAny(['foreign', 'materialized']);
  const isTable = words.skip('table');
  if (!isTable && !words.skip('view') && !words.skip('index')) return [];
  words.skip('if', 'exists');
  words.skip('only');
  const table = words.takeName();
  if (table === undefined) return [];
  if (words.skip('rename')) return renamed(words, table);
  const objects: CreatedObject[] = [];
  do {
    if (!words.skip('add')) continue;
    words.skip('column');
    words.skip('if', 'not', 'exists');
    objects.push(...element(words, table));
  } while (words.skipElement() === 'comma');
  return objects;
}

function renamed(words: WordReader, table: NonNullable<Name>): readonly CreatedObject[] {
  const { schema, name: from, at } = table;
  const named = schema !== undefined && { schema };
  if (words.skip('to')) {
    const name = words.takeName()?.name;
    return name === undefined ? [] : [{ ...named, name, from, at }];
  }
  if (!words.skip('constraint')) words.skip('column');
  const old = words.takeName()?.name;
  const within = words.skip('to') ? words.takeName()?.name : undefined;
  if (old === undefined || within === undefined) return [];
  return [{ ...named, name: from, within, from: old, at }];
}
