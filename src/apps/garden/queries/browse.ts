import { sql } from 'drizzle-orm';
import type { Registry } from '../tables/registry.ts';
import type { PreparedQuery } from '../../../queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { packageColumns, packageFields, type PackageRow } from './package-row.ts';
import { LAST_ID, pageSize, selectRows, value } from './row-fields.ts';

/**
 * Packages of all registries in the order of their names, after one.
 *
 * @example
 * const first = await packagesByName(db, { name: '', registry: '' });
 * const next = await packagesByName(db, first.at(-1)!);
 */
export const packagesByName: PreparedQuery<{ name: string; registry: string }, PackageRow> =
  gardenQuery({
    name: 'packages-by-name',
    summary: 'packages in the order of their names, after one',
    sample: () => ({ name: '', registry: '' }),
    build: (db) =>
      selectRows(
        db,
        packageFields,
        sql`select ${packageColumns} from packages p
          where p.deleted_at is null
            and (p.name, p.registry) > (${value('name', 'text')}, ${value('registry', 'text')})
          order by p.name, p.registry limit ${pageSize}`,
      ),
  });

/** Packages of one registry in the order of their names, after one. Begin with `name: ''`. */
export const packagesOfRegistry: PreparedQuery<{ registry: Registry; name: string }, PackageRow> =
  gardenQuery({
    name: 'packages-of-registry',
    summary: 'packages of a registry in the order of their names, after one',
    sample: ({ package: { registry } }) => ({ registry, name: '' }),
    build: (db) =>
      selectRows(
        db,
        packageFields,
        sql`select ${packageColumns} from packages p
          where p.deleted_at is null and p.registry = ${value('registry', 'text')}
            and p.name > ${value('name', 'text')}
          order by p.name limit ${pageSize}`,
      ),
  });

/**
 * A page of a registry by its number, for lists that show numbers. Postgres reads
 * and throws away all that is before it: beyond a few pages, page by name.
 */
export const packagesAtOffset: PreparedQuery<{ registry: Registry; offset: number }, PackageRow> =
  gardenQuery({
    name: 'packages-at-offset',
    summary: 'packages of a registry in the order of their names, by the number of the page',
    sample: ({ package: { registry } }) => ({ registry, offset: 100 }),
    build: (db) =>
      selectRows(
        db,
        packageFields,
        sql`select ${packageColumns} from packages p
          where p.deleted_at is null and p.registry = ${value('registry', 'text')}
          order by p.name limit ${pageSize} offset ${value('offset', 'int')}`,
      ),
  });

/** The newest packages, before one. Begin with `before: 'infinity'` and `LAST_ID`. */
export const newestPackages: PreparedQuery<{ before: string; beforeId: string }, PackageRow> =
  gardenQuery({
    name: 'newest-packages',
    summary: 'the packages that came last, before one',
    sample: () => ({ before: 'infinity', beforeId: LAST_ID }),
    build: (db) =>
      selectRows(
        db,
        packageFields,
        sql`select ${packageColumns} from packages p
          where p.deleted_at is null
            and (p.created_at, p.id) < (${value('before', 'timestamptz')}, ${value('beforeId', 'uuid')})
          order by p.created_at desc, p.id desc limit ${pageSize}`,
      ),
  });

/** The packages that changed last, before one. Begin with `before: 'infinity'` and `LAST_ID`. */
export const updatedPackages: PreparedQuery<{ before: string; beforeId: string }, PackageRow> =
  gardenQuery({
    name: 'updated-packages',
    summary: 'the packages that changed last, before one',
    sample: () => ({ before: 'infinity', beforeId: LAST_ID }),
    build: (db) =>
      selectRows(
        db,
        packageFields,
        sql`select ${packageColumns} from packages p
          where p.deleted_at is null
            and (p.updated_at, p.id) < (${value('before', 'timestamptz')}, ${value('beforeId', 'uuid')})
          order by p.updated_at desc, p.id desc limit ${pageSize}`,
      ),
  });

/**
 * Packages whose names begin so, letter by letter. It is a range and not LIKE, which
 * behind row-level security could not use an index.
 */
export const packagesWithPrefix: PreparedQuery<{ prefix: string }, PackageRow> = gardenQuery({
  name: 'packages-with-prefix',
  summary: 'packages whose names begin so',
  sample: ({ package: { name } }) => ({ prefix: name.slice(0, 3) }),
  build: (db) =>
    selectRows(
      db,
      packageFields,
      // The end of the range stands outside: within, Postgres takes a range of the commonest
      // names for a handful of rows, reads all of it and sorts it.
      sql`select ${packageColumns} from (
          select ${packageColumns} from packages p
          where p.deleted_at is null and p.name >= ${value('prefix', 'text')}
          order by p.name limit ${pageSize}
        ) as p
        where p.name < ${value('prefix', 'text')} || chr(1114111)
        order by p.name`,
    ),
});
