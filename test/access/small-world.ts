import type { WorldPlan } from '../../src/testing/access/draw-rules.ts';
import type { WorldColumn } from '../../src/testing/access/world.ts';

const uuid: WorldColumn = { type: 'uuid', nullable: false };
const orNull = (type: WorldColumn['type']): WorldColumn => ({ type, nullable: true });

/**
 * Four tables with joins by one column, by two, by text, and to the same table. Some names
 * need quotes, and one table is outside `public`.
 */
export const smallWorld: WorldPlan = {
  tables: [
    {
      table: 'orgs',
      key: ['id'],
      columns: {
        id: uuid,
        tenant: orNull('uuid'),
        slug: orNull('text'),
        level: orNull('integer'),
        open: orNull('boolean'),
        gone_at: orNull('moment'),
        // Not in alphabetical order.
        plan: {
          type: 'enum',
          nullable: true,
          enum: { name: 'Plan', labels: ['pro', 'free', "o'clock"] },
        },
      },
    },
    {
      table: 'members',
      key: ['org_id', 'person'],
      columns: {
        org_id: uuid,
        person: uuid,
        grade: orNull('text'),
        since: orNull('moment'),
      },
    },
    {
      table: 'projects',
      key: ['id'],
      columns: {
        id: uuid,
        org_id: orNull('uuid'),
        orgSlug: orNull('text'),
        owner: orNull('uuid'),
        order: orNull('integer'),
        secret: { type: 'boolean', nullable: false },
        stage: { type: 'enum', nullable: false, enum: { name: 'stage', labels: ['open', 'done'] } },
        gone_at: orNull('moment'),
      },
    },
    {
      table: 'side.notes',
      key: ['id'],
      columns: {
        id: uuid,
        project_id: orNull('uuid'),
        parent_id: orNull('uuid'),
        author: orNull('text'),
        'Sort order': orNull('integer'),
      },
    },
  ],
  joins: [
    { table: 'members', other: 'orgs', on: [{ own: 'org_id', other: 'id' }] },
    { table: 'projects', other: 'orgs', on: [{ own: 'org_id', other: 'id' }] },
    { table: 'projects', other: 'orgs', on: [{ own: 'orgSlug', other: 'slug' }] },
    { table: 'projects', other: 'members', on: [{ own: 'org_id', other: 'org_id' }] },
    {
      table: 'projects',
      other: 'members',
      on: [
        { own: 'org_id', other: 'org_id' },
        { own: 'owner', other: 'person' },
      ],
    },
    { table: 'members', other: 'members', on: [{ own: 'org_id', other: 'org_id' }] },
    { table: 'side.notes', other: 'projects', on: [{ own: 'project_id', other: 'id' }] },
    { table: 'side.notes', other: 'side.notes', on: [{ own: 'parent_id', other: 'id' }] },
  ],
  claims: {
    sub: { type: 'uuid', path: ['sub'] },
    roles: { type: 'text[]', path: ['roles'] },
    orgs: { type: 'uuid[]', path: ['app_metadata', 'orgs'] },
    tenant: { type: 'uuid', path: ['app_metadata', 'tenant'] },
    nick: { type: 'text', path: ['nick'] },
    nicks: { type: 'text[]', path: ["https://example.org/it's", 'a "b", \\{c}'] },
    level: { type: 'integer', path: ['level'] },
    levels: { type: 'integer[]', path: ['levels'] },
    staff: { type: 'boolean', path: ['staff'] },
  },
};
