/** Ids of users, teams and rows. */
const uuid = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const [ADA, BEN, CLEO, DAN, NEW] = [uuid(1), uuid(2), uuid(3), uuid(4), uuid(99)];
const [ACME, OTHER, PROJECT] = [uuid(10), uuid(11), uuid(12)];
const [PUBLIC, PRIVATE] = [uuid(20), uuid(21)];
const [DOCUMENT, SHARE, COMMENT] = [uuid(30), uuid(31), uuid(32)];
const [SALES, TASK, SUPPORT, BOARD, NEWS] = [uuid(40), uuid(41), uuid(50), uuid(51), uuid(60)];

export const NOBODY: string = uuid(98);

/** The tokens of the users in the tables of the guide. */
export const CLAIMS: Readonly<Record<string, object>> = {
  Ada: { sub: ADA, roles: ['editor'] },
  Ben: { sub: BEN, roles: [], teams: [SALES] },
  Cleo: { sub: CLEO, roles: [], teams: [SALES, SUPPORT] },
  Dan: { sub: DAN, roles: [] },
  anonymous: {},
};

/** The rows that the guide describes. */
export const ROWS = `
  insert into organisations values ('${ACME}', 'Acme', '${ADA}'), ('${OTHER}', 'Other', '${CLEO}');
  insert into members values
    (gen_random_uuid(), '${ACME}', '${ADA}', 'admin'),
    (gen_random_uuid(), '${ACME}', '${BEN}', 'member'),
    (gen_random_uuid(), '${ACME}', '${DAN}', 'member');
  insert into projects values ('${PROJECT}', '${ACME}', 'Project');
  insert into articles values
    ('${PUBLIC}', 'Public', true, '${ADA}'), ('${PRIVATE}', 'Private', false, '${ADA}');
  insert into documents values ('${DOCUMENT}', 'Document', '${ADA}');
  insert into document_shares values
    (gen_random_uuid(), '${DOCUMENT}', '${BEN}', true), ('${SHARE}', '${DOCUMENT}', '${CLEO}', false);
  insert into document_comments values ('${COMMENT}', '${DOCUMENT}', 'Hello', '${BEN}');
  insert into teams values ('${SALES}', '${ACME}', 'Sales');
  insert into team_members values (gen_random_uuid(), '${SALES}', '${BEN}');
  insert into tasks values ('${TASK}', '${SALES}', 'Task');
  insert into boards values ('${BOARD}', '${SALES}', 'Board');
  insert into announcements values ('${NEWS}', 'News')`;

const insert = (table: string, values: string): string =>
  `insert into ${table} values (gen_random_uuid(), ${values}) returning id`;
const update = (table: string, set: string, id: string): string =>
  `update ${table} set ${set} where id = '${id}' returning id`;
const remove = (table: string, id: string): string =>
  `delete from ${table} where id = '${id}' returning id`;
const read = (table: string, id: string): string => `select id from ${table} where id = '${id}'`;
const member = (user: string): string =>
  `organisation_id = '${ACME}' and user_id = '${user}' returning id`;

/**
 * The statements of the rows of the guide's tables. A user may do what they describe if it
 * returns a row. `ME` is the id of the user, or `NOBODY`.
 */
export const QUESTIONS: Readonly<Record<string, string>> = {
  'read Acme and its project': `select p.id from projects p join organisations o
    on o.id = p.organisation_id where o.id = '${ACME}'`,
  'rename Acme': update('organisations', "name = 'New'", ACME),
  'rename the project of Acme': update('projects', "name = 'New'", PROJECT),
  'delete the project of Acme': remove('projects', PROJECT),
  'add a member to Acme': insert('members', `'${ACME}', '${NEW}', 'member'`),
  'make Ben an admin of Acme': `update members set role = 'admin' where ${member(BEN)}`,
  'remove Ben from Acme': `delete from members where ${member(BEN)}`,
  'add herself to the other as its admin': insert('members', `'${OTHER}', ME, 'admin'`),
  'add another user to the other as admin': insert('members', `'${OTHER}', '${NEW}', 'admin'`),

  'read the public article': read('articles', PUBLIC),
  'read the private article': read('articles', PRIVATE),
  'publish the private article': update('articles', 'is_public = true', PRIVATE),
  'delete the public article': remove('articles', PUBLIC),
  'write an article as Ada': insert('articles', `'New', false, '${ADA}'`),
  'give the public article to Ben': update('articles', `created_by = '${BEN}'`, PUBLIC),

  'read the document': read('documents', DOCUMENT),
  'rename the document': update('documents', "title = 'New'", DOCUMENT),
  'delete the document': remove('documents', DOCUMENT),
  'share the document with a user': insert('document_shares', `'${DOCUMENT}', '${NEW}', true`),
  'let Cleo write': update('document_shares', 'can_write = true', SHARE),
  "see Cleo's share": read('document_shares', SHARE),
  "end Cleo's share": remove('document_shares', SHARE),
  'comment in her own name': insert('document_comments', `'${DOCUMENT}', 'New', ME`),
  "read Ben's comment": read('document_comments', COMMENT),
  "edit Ben's comment": update('document_comments', "body = 'New'", COMMENT),

  'see the team Sales': read('teams', SALES),
  'rename the team Sales': update('teams', "name = 'New'", SALES),
  'add Dan to Sales': insert('team_members', `'${SALES}', '${DAN}'`),
  'remove Ben from Sales': `delete from team_members where team_id = '${SALES}' and
    user_id = '${BEN}' returning id`,
  'read a task of Sales': read('tasks', TASK),
  'add a task to Sales': insert('tasks', `'${SALES}', 'New'`),

  'read the board': read('boards', BOARD),
  'rename the board': update('boards', "title = 'New'", BOARD),
  'move the board to Support': update('boards', `team_id = '${SUPPORT}'`, BOARD),
  'delete the board': remove('boards', BOARD),

  'read the announcement': read('announcements', NEWS),
  'write an announcement': insert('announcements', "'New'"),
  'delete the announcement': remove('announcements', NEWS),
};
