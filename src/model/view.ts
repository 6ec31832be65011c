import type { Place } from '../report/place.ts';
import type { ColumnType } from './column-type.ts';

/** A view. Zero replicates tables only. */
export interface View {
  /** See `tableId`. */
  readonly id: string;
  readonly name: string;
  /** Absent for `public`. */
  readonly schema?: string;
  readonly exportName: string;
  readonly materialized: boolean;
  /** Its query; absent for a view declared with `existing()`. */
  readonly sql?: string;
  /** The columns with a type in the definition; absent in a database. */
  readonly columns?: readonly TypedColumn[];
  /** Storage parameters and settings: `{ security_invoker: 'true' }`. */
  readonly with: Readonly<Record<string, string>>;
  /**
   * The roles that may SELECT from it, except its owner, as for a table. In definitions, those
   * of `monitoringViews()`; other views are granted by the access rules.
   */
  readonly readers?: readonly string[];
  readonly at?: Place;
}

interface TypedColumn {
  /** The name in SQL. */
  readonly name: string;
  readonly type: ColumnType;
}

/** Whether the view runs with the privileges and policies of the role that queries it. */
export const isSecurityInvoker = (view: View): boolean =>
  /^(?:true|on|yes|1)$/i.test(view.with['security_invoker'] ?? '');
