export { seed, type SeedOptions } from './seed.ts';
export type { SeedPglite } from './load/pglite-database.ts';
export type { OnSeedProgress, SeedProgress, SeedResult } from './progress.ts';
