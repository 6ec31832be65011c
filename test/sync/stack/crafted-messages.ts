import { newId } from '../../../src/kit/index.ts';
import { schema } from '../../../src/apps/garden/zero/index.ts';
import type { RawClient } from './raw-client.ts';

const serverNames = Object.values(schema.tables).map((table) =>
  'serverName' in table ? table.serverName : table.name,
);

const everything = serverNames.map((table) => ({ ast: { table } }));
const hop = (table: string, parent: string, child: string, own: object = {}) => ({
  correlation: { parentField: [parent], childField: [child] },
  subquery: { table, alias: `sub_${table}` },
  ...own,
});
/** Client-defined queries, which do not name a query of the server. */
export const crafted = [
  ...everything,
  { ast: { table: 'account', related: [hop('package_requests', 'id', 'requested_by')] } },
  {
    ast: {
      table: 'account',
      related: [hop('package_requests', 'id', 'requested_by', { system: 'permissions' })],
    },
  },
  {
    ast: {
      table: 'packages',
      where: {
        type: 'correlatedSubquery',
        op: 'EXISTS',
        related: hop('package_requests', 'id', 'package_id'),
      },
    },
  },
  {
    ast: {
      table: 'tags',
      where: { type: 'or', conditions: [{ type: 'and', conditions: [] }] },
    },
  },
];

/** A CRUD write, as clients sent it before custom mutators existed. */
export function crudPush(client: RawClient, op: object): readonly unknown[] {
  const { clientID, clientGroupID } = client;
  const mutation = {
    type: 'crud',
    id: 1,
    clientID,
    name: '_zero_crud',
    timestamp: 1,
    args: [{ ops: [op] }],
  };
  const push = {
    clientGroupID,
    pushVersion: 1,
    requestID: newId(),
    timestamp: 1,
    mutations: [mutation],
  };
  return ['push', push];
}
