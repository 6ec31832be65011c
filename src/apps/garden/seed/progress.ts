/** Progress of a seed. */
export type SeedProgress =
  /** A part starts. `alreadyThere` of its packages already exist. */
  | { readonly type: 'started'; readonly packages: number; readonly alreadyThere: number }
  /** Total numbers of packages and rows so far. */
  | { readonly type: 'loaded'; readonly packages: number; readonly rows: number }
  /** All rows are inserted. VACUUM and ANALYZE run. */
  | { readonly type: 'analyzing' };

export type OnSeedProgress = (event: SeedProgress) => void;

/** Result of a seed. */
export interface SeedResult {
  /** The database, without a password. */
  readonly database: string;
  /** Packages that this run inserted. */
  readonly packages: number;
  /** Packages of this seed that already existed. */
  readonly alreadyThere: number;
  /** Rows of all tables that this run inserted. */
  readonly rows: number;
  readonly milliseconds: number;
}
