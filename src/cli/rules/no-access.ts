import type { Access } from '../../model/access.ts';

/** The access of a schema in which no table has rules. */
export const NO_ACCESS: Access = {
  rules: {
    claims: {
      sub: { type: 'uuid', path: ['sub'] },
      roles: { type: 'text[]', path: ['roles'] },
    },
    tables: {},
  },
  preset: 'postgres',
  roles: [],
};
