// Compiled together with the generated file by every TypeScript version of the script, and
// never run.
import type { InsertValue, ReadonlyJSONValue } from '@rocicorp/zero';
import { rules } from './zero-rules.gen.ts';
import {
  schema,
  zql,
  type DatesRow,
  type PostRow,
  type RowRow,
  type Schema,
  type SchemaRow,
  type UserRow,
  type UsersRow,
} from './zero-schema.gen.ts';

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(): T | undefined => undefined;

holds<Equal<UserRow['kind'], 'b' | "it's">>();
holds<Equal<UserRow['age'], number | null>>();
holds<Equal<UserRow['json'], ReadonlyJSONValue | null>>();
holds<Equal<UserRow['tags'], ('x' | 'y')[]>>();
holds<Equal<UserRow['meta']['a'], number>>();
holds<Equal<UserRow['other']['b'], string>>();
holds<Equal<UserRow['settings']['theme'], 'dark' | 'light'>>();
holds<Equal<UserRow['spaced']['a'], number>>();
holds<Equal<UserRow['brand'], `row-${number}`>>();
holds<Equal<UserRow['root'], 'root'>>();
holds<Equal<UserRow['inline'], { a: number; b?: 'c' }>>();
holds<Equal<SchemaRow["it's"]['depth'], number>>();
holds<Equal<NonNullable<SchemaRow['maybe']>['depth'], number>>();
holds<Equal<RowRow['constructor'], string>>();
holds<Equal<UsersRow['id'], string>>();
holds<Equal<DatesRow['1st'], number>>();
holds<Equal<keyof Schema['tables'] extends string ? true : false, true>>();

const post: PostRow = { id: '', title: '' };
zql.post
  .where('id', post.id)
  .related('tags', (tags) => tags.where('label', 'IN', ['a']))
  .one();
zql.user.where('kind', "it's").where('age', 'IS', null).orderBy('age', 'desc');
zql.delete.limit(1);
zql['a-b'].one();

// @ts-expect-error no such value
zql.user.where('kind', 'c');
// @ts-expect-error no such relation
zql.post.related('labels');
// @ts-expect-error JSON cannot be compared
zql.user.where('json', {});

declare const inserted: InsertValue<Schema['tables']['defaults']>;
inserted.filled satisfies string | null | undefined;
zql.constructor.where('id', '');
const least: InsertValue<Schema['tables']['defaults']> = { id: '', wanted: '' };
// @ts-expect-error an insert must set it
const short: InsertValue<Schema['tables']['defaults']> = { id: '' };

export const used = [schema.tables.post.name, rules.tables['post']?.read.op, least, short];
