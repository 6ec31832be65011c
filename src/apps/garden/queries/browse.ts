import { sql } from 'drizzle-orm';
import type { Registry } from '../tables/registry.ts';
import type { PreparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { packageColumns, packageFields, type PackageRow } from './package-row.ts';
import { LAST_ID, pageSize } from './page-size.ts';
import { selectRows, value } from '../../../postgres/queries/row-fields.ts';

/**
 * Packages of all registries by name, after the given one.
 *
 * @example
 * const first = await packagesByName(db, { name: '', registry: '' });
 * const next = await packagesByName(db, first.at(-1)!);
 */
export const packagesByName: PreparedQuery<{ name: string; registry: string }, PackageRow> =
  gardenQuery({
    name: 'packages-by-name',
    summary: 'packages by name, in pages',
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

/** Packages of one registry by name, after the given one. Start with `name: ''`. */
export const packagesOfRegistry: PreparedQuery<{ registry: Registry; name: string }, PackageRow> =
  gardenQuery({
    name: 'packages-of-registry',
    summary: 'packages of a registry by name, in pages',
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
 * A numbered page of a registry. Postgres reads and discards all rows before it, so use
 * `packagesOfRegistry` beyond a few pages.
 */
export const packagesAtOffset: PreparedQuery<{ registry: Registry; offset: number }, PackageRow> =
  gardenQuery({
    name: 'packages-at-offset',
    summary: 'packages of a registry by name, with an offset',
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

/** The newest packages, before the given one. Start with `before: 'infinity'` and `LAST_ID`. */
export const newestPackages: PreparedQuery<{ before: string; beforeId: string }, PackageRow> =
  gardenQuery({
    name: 'newest-packages',
    summary: 'the newest packages, in pages',
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

/**
 * The most recently updated packages, before the given one. Start with `before: 'infinity'` and
 * `LAST_ID`.
 */
export const updatedPackages: PreparedQuery<{ before: string; beforeId: string }, PackageRow> =
  gardenQuery({
    name: 'updated-packages',
    summary: 'the most recently updated packages, in pages',
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
 * Packages whose names start with a prefix, case-sensitive. Uses a range instead of LIKE, which
 * cannot use an index under row-level security.
 */
export const packagesWithPrefix: PreparedQuery<{ prefix: string }, PackageRow> = gardenQuery({
  name: 'packages-with-prefix',
  summary: 'packages with a name prefix',
  sample: ({ package: { name } }) => ({ prefix: name.slice(0, 3) }),
  build: (db) =>
    selectRows(
      db,
      packageFields,
      // The upper bound is outside the subquery. Inside it, Postgres estimates a handful of rows
      // for a range of very common names, and then reads and sorts all of them.
      sql`select ${packageColumns} from (
          select ${packageColumns} from packages p
          where p.deleted_at is null and p.name >= ${value('prefix', 'text')}
          order by p.name limit ${pageSize}
        ) as p
        where p.name < ${value('prefix', 'text')} || chr(1114111)
        order by p.name`,
    ),
});
