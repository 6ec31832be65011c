import { qualifiedName } from './table-id.ts';

/** A function or procedure of a database. */
export interface DatabaseFunction {
  readonly name: string;
  /** Absent for `public`. */
  readonly schema?: string;
  /** The types of its arguments, as Postgres prints them: `integer, text`. */
  readonly args: string;
  readonly language: string;
  /** SECURITY DEFINER: it runs with the privileges of its owner. */
  readonly definer: boolean;
  /** STABLE: it returns the same value for all rows of a statement. */
  readonly stable: boolean;
  /** Its own search_path; absent if it has the path of its caller. */
  readonly searchPath?: string;
  /** Its source text; absent if it is compiled code. */
  readonly body?: string;
  /** Whether only a trigger or an event trigger can call it. */
  readonly trigger: boolean;
  /** Roles that may execute it, except its owner; `public` means all roles. */
  readonly callers: readonly string[];
}

/** The name of a function in messages: `public.claim(integer)`. */
export const functionName = (one: DatabaseFunction): string => `${qualifiedName(one)}(${one.args})`;
