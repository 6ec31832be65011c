import { expect, test } from 'vitest';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import type { Relation } from '../../src/model/schema.ts';
import type { Table } from '../../src/model/table.ts';
import type { ManyToMany, ZeroChoices } from '../../src/model/zero-choices.ts';
import {
  column,
  relation,
  schema,
  table,
  text,
  uuid,
  withKeys,
  type MadeTable,
} from './made-schema.fixture.ts';

/** Relations in a readable form: `posts.tags: id=postTags.postId>tagId=tags.id`. */
function planned(tables: readonly Table[], relations: readonly Relation[], choices?: ZeroChoices) {
  const { zero, findings } = planZero(schema(tables, relations), undefined, choices);
  return {
    found: zero.tables.flatMap((from) =>
      from.relations.map(({ name, hops }) => {
        const way = hops.map(
          (hop) => `${hop.sourceField.join('+')}=${hop.destSchema}.${hop.destField.join('+')}`,
        );
        const many = hops.every(({ cardinality }) => cardinality === 'many') ? 's' : '';
        return `${from.name}.${name}${many}: ${way.join(' > ')}`;
      }),
    ),
    findings: findings.map(({ severity, code, message }) => `${severity} ${code}: ${message}`),
  };
}

const posts = table('posts', [uuid('id'), text('title')]);
const tags = table('tags', [uuid('id'), text('label')]);
const postTags = table('postTags', [uuid('id'), uuid('postId'), uuid('tagId'), uuid('by')], {
  uniques: [['tagId', 'postId']],
});
const people = table('people', [uuid('id')]);
const joined = [
  relation('posts.assignments', 'many', 'id', 'postTags.postId'),
  relation('tags.assignments', 'many', 'id', 'postTags.tagId'),
  relation('postTags.post', 'one', 'postId', 'posts.id'),
  relation('postTags.tag', 'one', 'tagId', 'tags.id'),
  relation('postTags.author', 'one', 'by', 'people.id'),
];
const oneHops = [
  'postTags.author: by=people.id',
  'postTags.post: postId=posts.id',
  'postTags.tag: tagId=tags.id',
  'posts.assignmentss: id=postTags.postId',
];

test('a join table with additional columns joins in both directions', () => {
  expect(planned([posts, tags, postTags, people], joined)).toEqual({
    found: [
      ...oneHops,
      'posts.tagss: id=postTags.postId > tagId=tags.id',
      'tags.assignmentss: id=postTags.tagId',
      'tags.postss: id=postTags.tagId > postId=posts.id',
    ],
    findings: [],
  });
});

const without = (names: readonly string[]) =>
  joined.filter(({ from, name }) => !names.includes(`${from}.${name}`));
const derived = (result: ReturnType<typeof planned>) =>
  result.found.filter((line) => line.includes(' > ')).map((line) => line.split(':')[0]);

const users = table('users', [uuid('id'), uuid('latestId')]);
const friendships = table('friendships', [uuid('id'), uuid('from'), uuid('to')], {
  uniques: [['from', 'to']],
});
const friends = [
  relation('users.sent', 'many', 'id', 'friendships.from'),
  relation('users.received', 'many', 'id', 'friendships.to'),
  relation('friendships.sender', 'one', 'from', 'users.id'),
  relation('friendships.receiver', 'one', 'to', 'users.id'),
];

test.each<[what: string, tables: readonly Table[], relations: readonly Relation[], ways: string[]]>(
  [
    [
      'its primary key is the pair',
      [posts, tags, withKeys(postTags, { uniques: [], primaryKey: ['postId', 'tagId'] })],
      joined,
      ['posts.tagss', 'tags.postss'],
    ],
    ['the pair is not unique', [posts, tags, withKeys(postTags, { uniques: [] })], joined, []],
    [
      'the pair is unique only with a third column',
      [posts, tags, withKeys(postTags, { uniques: [['postId', 'tagId', 'by']] })],
      joined,
      [],
    ],
    [
      'each key is unique alone',
      [posts, tags, withKeys(postTags, { uniques: [['postId'], ['tagId']] })],
      joined,
      [],
    ],
    [
      'one side declares no many',
      [posts, tags, postTags],
      without(['tags.assignments']),
      ['posts.tagss'],
    ],
    [
      'it has only the two relations, and no many is declared',
      [posts, tags, postTags],
      without(['posts.assignments', 'tags.assignments', 'postTags.author']),
      ['posts.tagss', 'tags.postss'],
    ],
    [
      'it has only the two relations, and one many is not declared',
      [posts, tags, postTags],
      without(['posts.assignments', 'postTags.author']),
      ['posts.tagss', 'tags.postss'],
    ],
    [
      'it has only two relations to one table, and no many is declared',
      [users, friendships],
      friends.filter(({ cardinality }) => cardinality === 'one'),
      ['users.friendshipsReceivers', 'users.friendshipsSenders'],
    ],
    [
      'the name is a column of the other',
      [table('posts', [uuid('id'), text('tags')]), tags, postTags],
      joined,
      ['posts.assignmentsTags', 'tags.postss'],
    ],
    [
      'the name is another relation',
      [posts, table('tags', [uuid('id'), uuid('postId')]), postTags],
      [...joined, relation('posts.tags', 'many', 'id', 'tags.postId')],
      ['posts.assignmentsTags', 'tags.postss'],
    ],
  ],
)('a join table: %s', (_, tables, relations, ways) => {
  expect(derived(planned([...tables, people], relations))).toEqual(ways);
});

test('a table joined with itself has two paths, named after their relations', () => {
  expect(
    planned([users, friendships], friends).found.filter((line) => line.includes(' > ')),
  ).toEqual([
    'users.receivedSenders: id=friendships.to > from=users.id',
    'users.sentReceivers: id=friendships.from > to=users.id',
  ]);
});

test('composite keys with a shared tenant column', () => {
  const docs = table('docs', [uuid('tenant'), uuid('id')], { primaryKey: ['tenant', 'id'] });
  const groups = table('groups', [uuid('tenant'), uuid('id')], { primaryKey: ['tenant', 'id'] });
  const shares = table('shares', [uuid('tenant'), uuid('docId'), uuid('groupId')], {
    primaryKey: ['tenant', 'docId', 'groupId'],
  });
  const { found, findings } = planned(
    [docs, groups, shares],
    [
      relation('docs.shares', 'many', 'tenant+id', 'shares.tenant+docId'),
      relation('shares.doc', 'one', 'docId+tenant', 'docs.id+tenant'),
      relation('shares.group', 'one', 'tenant+groupId', 'groups.tenant+id'),
    ],
  );
  expect(found).toContain(
    'docs.groupss: tenant+id=shares.tenant+docId > tenant+groupId=groups.tenant+id',
  );
  expect(findings).toEqual([]);
});

test.each<[what: string, choice: Record<string, ManyToMany>, ways: string[], finding?: string]>([
  ['left out', { sentReceiver: false }, ['users.receivedSenders']],
  ['renamed', { sentReceiver: 'friends' }, ['users.friendss', 'users.receivedSenders']],
  [
    'two that swap names',
    { sentReceiver: 'receivedSender', receivedSender: 'sentReceiver' },
    ['users.receivedSenders', 'users.sentReceivers'],
  ],
  [
    'by its relations',
    { friends: { many: 'sent', one: 'receiver' } },
    ['users.friendss', 'users.receivedSenders'],
  ],
  [
    'by tables that leave it open',
    { friends: ['friendships', 'users'] },
    ['users.receivedSenders', 'users.sentReceivers'],
    'zero/no-path: zero.manyToMany.users.friends: 2 paths lead from users through friendships to users.',
  ],
  [
    'a name that is no way',
    { sentReceivr: false },
    ['users.receivedSenders', 'users.sentReceivers'],
    'zero/unknown-name: zero.manyToMany.users names "sentReceivr", which does not exist.',
  ],
  [
    'a relation that does not exist',
    { friends: { many: 'snt', one: 'receiver' } },
    ['users.receivedSenders', 'users.sentReceivers'],
    'zero/unknown-name: zero.manyToMany.users.friends.many names "snt", which does not exist.',
  ],
  [
    'a relation to one row, where that to the join table should stand',
    { friends: { many: 'latest', one: 'receiver' } },
    ['users.receivedSenders', 'users.sentReceivers'],
    'zero/no-path: zero.manyToMany.users.friends.many names "latest", which is not a many() relation to a join table.',
  ],
  [
    'a name that is taken',
    { sentReceiver: 'sent' },
    ['users.receivedSenders'],
    'zero/relation-name: zero.manyToMany.users names a relation "sent", but that name is taken. It is left out.',
  ],
])('a way of choice: %s', (_, choice, ways, finding) => {
  const latest = relation('users.latest', 'one', 'latestId', 'friendships.id');
  const result = planned([users, friendships], [...friends, latest], {
    manyToMany: { users: choice },
  });
  expect(derived(result)).toEqual(ways);
  expect(result.findings).toEqual(finding === undefined ? [] : [`error ${finding}`]);
});

const bare = table('bareTags', [
  uuid('id'),
  uuid('postId'),
  uuid('tagId'),
  column('at', { kind: 'date', as: 'date' }, { default: 'database' }),
]);
const toBoth = [
  relation('bareTags.post', 'one', 'postId', 'posts.id'),
  relation('bareTags.tag', 'one', 'tagId', 'tags.id'),
];
test.each<
  [what: string, own: MadeTable, choice: Record<string, ManyToMany>, told: boolean, ways: string[]]
>([
  ['may contain a pair twice', {}, {}, true, []],
  ['is led through by choice', {}, { labels: ['bareTags', 'tags'] }, false, ['posts.labelss']],
  ['is declined', {}, { tags: false }, false, []],
  ['holds one row of each', { uniques: [['postId']] }, {}, false, []],
  [
    'holds a pair once',
    { uniques: [['postId', 'tagId']] },
    {},
    false,
    ['posts.tagss', 'tags.postss'],
  ],
  ['holds more than pairs', { columns: [...bare.columns, text('note')] }, {}, false, []],
])('a table of pairs that %s', (_, own, choice, told, ways) => {
  const result = planned(
    [posts, tags, table('bareTags', own.columns ?? bare.columns, own)],
    toBoth,
    {
      defaults: 'required',
      manyToMany: { posts: choice },
    },
  );
  expect(derived(result)).toEqual(ways);
  const finding =
    'warning zero/loose-join: bareTags joins posts with tags, but may contain a pair twice, so no relation is derived through it.';
  expect(result.findings).toEqual(told ? [finding] : []);
});

test('two keys to one table are not a loose join, and can be declined', () => {
  const transfers = table('transfers', [uuid('id'), uuid('from'), uuid('to')]);
  const people = [
    relation('transfers.sender', 'one', 'from', 'people.id'),
    relation('transfers.receiver', 'one', 'to', 'people.id'),
  ];
  const tables = [transfers, table('people', [uuid('id')])];
  expect(planned(tables, people).findings).toEqual([]);
  const declined = { manyToMany: { people: { people: false } } } as const;
  expect(planned(tables, people, declined).findings).toEqual([]);
});

test('the finding for a loose join', () => {
  const { findings } = planZero(schema([posts, tags, bare], toBoth), undefined, {
    defaults: 'required',
  });
  expect(findings).toMatchObject([
    {
      object: 'public.bare_tags',
      places: [],
      fix: "give it unique().on(t.postId, t.tagId); or write the relation, zero.manyToMany.posts: { tags: ['bareTags', 'tags'] }; or set { tags: false }.",
    },
  ]);
});

test('a path by its tables, without a unique pair and without a declared many', () => {
  const loose = withKeys(postTags, { uniques: [] });
  const result = planned([posts, tags, loose, people], without(['posts.assignments']), {
    manyToMany: { posts: { labels: ['postTags', 'tags'] } },
  });
  expect(result.found).toContain('posts.labelss: id=postTags.postId > tagId=tags.id');
});

test.each<[what: string, own: Relation, finding: string | undefined]>([
  ['fine', relation('a.b', 'one', 'bId', 'b.id'), undefined],
  [
    'named like a column',
    relation('a.bId', 'one', 'bId', 'b.id'),
    'error zero/relation-name: the relation a.bId has the same name as a column. It is left out.',
  ],
  [
    'named like those of Zero',
    relation('a.zsubq_b', 'one', 'bId', 'b.id'),
    'error zero/relation-name: the relation a.zsubq_b has a prefix that Zero reserves. It is left out.',
  ],
  [
    'to a table that is not synced',
    relation('a.hidden', 'one', 'bId', 'hidden.id'),
    'warning zero/relation-left-out: in a, the relation hidden (to hidden) is left out: the other table is not synced.',
  ],
  [
    'by a column that is not synced',
    relation('a.b', 'one', 'secret', 'b.id'),
    'warning zero/relation-left-out: the relation a.b is left out: a.secret is not synced.',
  ],
  [
    'to a column that is not synced',
    relation('a.b', 'one', 'bId', 'b.secret'),
    'warning zero/relation-left-out: the relation a.b is left out: b.secret is not synced.',
  ],
  [
    'between types that never meet',
    relation('a.b', 'one', 'count', 'b.id'),
    'warning zero/relation-left-out: the relation a.b is left out: count and the column that it references have different types in Zero, so no rows would match.',
  ],
  [
    'between lists, which are never the same to Zero',
    relation('a.b', 'one', 'list', 'b.list'),
    'warning zero/relation-left-out: the relation a.b is left out: Zero cannot compare JSON or arrays, such as list, so no rows would match.',
  ],
])('a relation: %s', (_, own, finding) => {
  const list = column('list', { kind: 'array', of: { kind: 'uuid' } });
  const secret = text('secret', { serverOnly: true });
  const count = column('count', { kind: 'integer', bits: 32, as: 'number' });
  const result = planned(
    [
      table('a', [uuid('id'), uuid('bId'), secret, count, list]),
      table('b', [uuid('id'), secret, list]),
      table('hidden', [uuid('id')]),
    ],
    [own],
    { tables: { hidden: false } },
  );
  expect(result.findings).toEqual(finding === undefined ? [] : [finding]);
  expect(result.found).toHaveLength(finding === undefined ? 1 : 0);
});

test('a path without an available name is reported with the places of its two relations', () => {
  const places = (lines: readonly number[]) => (one: Relation, index: number) =>
    ({ ...one, at: { file: '/project/schema.ts', line: lines[index] ?? 0 } }) satisfies Relation;
  const taken = table('posts', [uuid('id'), text('tags'), text('assignmentsTag')]);
  const { findings } = planZero(
    schema([taken, tags, postTags], joined.slice(0, 4).map(places([1, 2, 3, 4]))),
    undefined,
  );
  expect(findings).toEqual([
    {
      severity: 'warning',
      code: 'zero/relation-left-out',
      message:
        'no name is available on posts for the relation through postTags to tags. It is left out.',
      object: 'postTags.tag',
      places: [
        { file: '/project/schema.ts', line: 1, name: 'posts.assignments' },
        { file: '/project/schema.ts', line: 4, name: 'postTags.tag' },
      ],
      fix: "name it: zero.manyToMany.posts: { …: { many: 'assignments', one: 'tag' } }.",
    },
  ]);
});
