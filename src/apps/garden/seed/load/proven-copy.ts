import type { SeedDatabase, SeedTransaction } from './seed-database.ts';

/** An insert trigger, with its foreign key if it checks one. */
interface InsertTrigger {
  readonly table: string;
  readonly constraint: string;
  readonly column: string | null;
  readonly target: string;
  readonly key: string;
  /** Whether this role can lock the referenced rows. */
  readonly lockable: boolean;
}

/** Whether this role may load rows without the per-row triggers. */
export async function mayPauseTriggers(database: SeedDatabase): Promise<boolean> {
  const [role] = await database.rows<{ may: boolean }>(
    `select rolsuper or has_parameter_privilege('session_replication_role', 'set') as may
     from pg_roles where rolname = current_user`,
  );
  return role?.may === true;
}

/**
 * COPY that checks foreign keys for thousands of rows at once. Postgres's own triggers check each
 * row separately, which is two thirds of the time of a load. A table with any other insert trigger
 * is loaded with its triggers.
 */
export class ProvenCopy {
  readonly #tx: SeedTransaction;
  readonly #links: ReadonlyMap<string, readonly InsertTrigger[]>;
  #isPaused = false;

  private constructor(tx: SeedTransaction, links: ReadonlyMap<string, readonly InsertTrigger[]>) {
    this.#tx = tx;
    this.#links = links;
  }

  /** Reads the foreign keys and locks them against changes until the transaction ends. */
  static async open(
    tx: SeedTransaction,
    tables: readonly string[],
    mayPause: boolean,
  ): Promise<ProvenCopy> {
    if (!mayPause) return new ProvenCopy(tx, new Map());
    // A concurrent change of foreign keys or triggers has to wait.
    await tx.rows(`lock table ${tables.join()} in row exclusive mode`);
    const triggers = await tx.rows<InsertTrigger>(insertTriggers, [`{${tables.join()}}`]);
    const all = [...Map.groupBy(triggers, ({ table }) => table)];
    const provable = all.filter(([, found]) =>
      found.every(({ column, lockable }) => column !== null && lockable),
    );
    return new ProvenCopy(tx, new Map(provable));
  }

  /** Whether the table is loaded without its triggers. */
  isPaused(table: string): boolean {
    return this.#links.has(table);
  }

  async copy(table: string, columns: readonly string[], slices: Iterable<Buffer>): Promise<void> {
    const isPaused = this.isPaused(table);
    if (isPaused !== this.#isPaused) {
      await this.#tx.rows(
        `set local session_replication_role = ${isPaused ? 'replica' : 'origin'}`,
      );
      this.#isPaused = isPaused;
    }
    await this.#tx.copy(table, columns, slices);
  }

  /**
   * Checks the foreign keys of the given rows, as the triggers would. It locks each referenced row,
   * so that nobody deletes it before the transaction ends.
   */
  async prove(from: string, before: string): Promise<void> {
    for (const [table, links] of this.#links) {
      const [missing] = await this.#tx.rows<{ constraint: string; id: string }>(
        unproven(table, links),
        [from, before],
      );
      if (missing === undefined) continue;
      const detail = `row ${missing.id} does not exist.`;
      throw Object.assign(new Error(detail), {
        code: '23503',
        constraint: missing.constraint,
        detail,
      });
    }
  }
}

const insertTriggers = `select r.relname as "table", c.conname as "constraint",
    quote_ident(ca.attname) as "column", c.confrelid::regclass::text as target,
    quote_ident(pa.attname) as key, has_any_column_privilege(c.confrelid, 'update') as lockable
  from pg_trigger t join pg_class r on r.oid = t.tgrelid
  left join pg_constraint c on c.oid = t.tgconstraint and c.contype = 'f'
    and cardinality(c.conkey) = 1 and t.tgenabled = 'O'
  left join pg_attribute ca on ca.attrelid = c.conrelid and ca.attnum = c.conkey[1]
  left join pg_attribute pa on pa.attrelid = c.confrelid and pa.attnum = c.confkey[1]
  where t.tgrelid = any((($1::text)::text[])::regclass[])
    and t.tgtype & 4 <> 0 and t.tgenabled in ('O', 'R')
  order by c.conname`;

// EXISTS with a lock is one index lookup per referenced key.
const unproven = (table: string, links: readonly InsertTrigger[]): string =>
  `with batch as materialized (
    select ${[...new Set(links.map(({ column }) => column))].join()} from ${table}
    where id >= $1::uuid and id < $2::uuid
  ) ${links
    .map(
      ({ constraint, column, target, key }) => `
        select '${constraint}' as "constraint", id::text from (select distinct ${column} as id from batch) as wanted
        where id is not null
          and not exists (select from ${target} as one where one.${key} = wanted.id for key share)`,
    )
    .join(' union all ')} limit 1`;
