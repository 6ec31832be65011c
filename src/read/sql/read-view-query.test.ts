import { expect, test } from 'vitest';
import { openParser } from './open-parser.ts';
import { readViewQuery } from './read-view-query.ts';

const TABLES: Readonly<Record<string, readonly string[]>> = {
  notes: ['id', 'author', 'title'],
  users: ['id', 'name'],
};
const parse = await openParser();
const read = (sql: string) => readViewQuery(sql, parse, (relation) => TABLES[relation]);
/** Each column with the column that it selects. */
const columns = (sql: string): unknown =>
  read(sql)?.columns.map(({ name, from }) =>
    from ? `${name} = ${from.relation}.${from.column}` : name,
  );

test.each([
  ['select id, title as heading from notes', ['id = notes.id', 'heading = notes.title']],
  ['select * from public.users u', ['id = users.id', 'name = users.name']],
  [
    'select n.title, u.* from notes n left join users u on u.id = n.author',
    ['title = notes.title', 'id = users.id', 'name = users.name'],
  ],
  ['select s.n from (select name as n from users) s', ['n = users.name']],
  ['with w as (select id from users) select w.id as "Id" from w', ['Id = users.id']],
  ['select id from users union select id from notes', ['id']],
  [
    'select count(*), lower(name), name::text, 1 from users',
    ['count', 'lower', 'name', '?column?'],
  ],
])('%s', (sql, expected) => expect(columns(sql)).toEqual(expected));

test.each([
  ['select id from notes where title is null', 'notes'],
  ['select id, lower(title) from notes order by 1', 'notes'],
  ['select count(*) from notes', undefined],
  ['select distinct id from notes', undefined],
  ['select id from notes limit 1', undefined],
  ['select author from notes group by author', undefined],
  ['select row_number() over () from notes', undefined],
  ['select n.id from notes n join users u on true', undefined],
  ['select id from unknown_table', undefined],
])('%s updates %s', (sql, expected) => expect(read(sql)?.updates).toBe(expected));

test('text that is no query has none', () => {
  expect(read('select from where')).toBeUndefined();
  expect(read('drop table notes')).toBeUndefined();
});
