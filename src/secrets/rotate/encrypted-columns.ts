import { quoteName } from '../../model/quote-sql.ts';
import type { Schema } from '../../model/schema.ts';
import { sqlType } from '../../model/sql-type.ts';
import { schemaOf } from '../../model/table-id.ts';

/** An encrypted column, with the SQL that reads and writes it. */
export interface EncryptedColumn {
  /** The id of its table. */
  readonly table: string;
  readonly name: string;
  /** The name that its ciphertexts are bound to. */
  readonly place: string;
  /** Quoted. */
  readonly tableSql: string;
  readonly columnSql: string;
  /** The primary key, in its order. */
  readonly key: readonly KeyPart[];
}

interface KeyPart {
  /** Quoted. */
  readonly sql: string;
  readonly type: string;
}

/** All encrypted columns of a schema. */
export const encryptedColumns = ({ tables }: Schema): readonly EncryptedColumn[] =>
  tables.flatMap((table) =>
    table.columns.flatMap(({ name, encrypted }): readonly EncryptedColumn[] => {
      if (encrypted === undefined) return [];
      return [
        {
          table: table.id,
          name,
          place: encrypted,
          tableSql: quoteName(schemaOf(table), table.name),
          columnSql: quoteName(name),
          key: (table.primaryKey?.columns ?? []).map((part) => ({
            sql: quoteName(part),
            type: keyType(table.columns.find((column) => column.name === part)!.type),
          })),
        },
      ];
    }),
  );

/** The type of a cast from text, without collation and length. */
const keyType = (type: Parameters<typeof sqlType>[0]): string =>
  type.kind === 'text' || type.kind === 'varchar' ? 'text' : sqlType(type);
