/** What a seed tells while it works. */
export type SeedProgress =
  /** A part begins: so many packages of it are there already. */
  | { readonly type: 'started'; readonly packages: number; readonly alreadyThere: number }
  /** So many packages, and rows of all tables, are in. */
  | { readonly type: 'loaded'; readonly packages: number; readonly rows: number }
  /** All rows are in; Postgres counts them, so that it plans well. */
  | { readonly type: 'analyzing' };

export type OnSeedProgress = (event: SeedProgress) => void;

/** What a seed did. */
export interface SeedResult {
  /** The database, without a password. */
  readonly database: string;
  /** Packages that this run put in. */
  readonly packages: number;
  /** Packages of this seed that were there before. */
  readonly alreadyThere: number;
  /** Rows of all tables that this run put in. */
  readonly rows: number;
  readonly milliseconds: number;
}
