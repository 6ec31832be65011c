import type { Schema } from '@rocicorp/zero';
import { newId } from '../../src/kit/index.ts';
import type { RawClient } from './raw-client.ts';

type Relationship = Schema['relationships'][string][string];

/** Client-defined queries for every table and every relation, which name no query of the server. */
export const craftedQueries = ({ tables, relationships }: Schema): readonly object[] => {
  const serverName = (name: string): string => tables[name]?.serverName ?? name;
  const columns = (table: string, names: readonly string[]): readonly string[] =>
    names.map((name) => tables[table]?.columns[name]?.serverName ?? name);
  const hop = (table: string, [first]: Relationship, own: object) =>
    first && {
      correlation: {
        parentField: columns(table, first.sourceField),
        childField: columns(first.destSchema, first.destField),
      },
      subquery: { table: serverName(first.destSchema), alias: `sub_${first.destSchema}` },
      ...own,
    };
  const asts = Object.keys(tables).flatMap((name) => {
    const table = serverName(name);
    const relations = Object.values(relationships[name] ?? {});
    return [
      { table },
      { table, where: { type: 'or', conditions: [{ type: 'and', conditions: [] }] } },
      ...relations.flatMap((relation) => [
        { table, related: [hop(name, relation, {})] },
        { table, related: [hop(name, relation, { system: 'permissions' })] },
        {
          table,
          where: { type: 'correlatedSubquery', op: 'EXISTS', related: hop(name, relation, {}) },
        },
      ]),
    ];
  });
  return asts.map((ast) => ({ ast }));
};

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
