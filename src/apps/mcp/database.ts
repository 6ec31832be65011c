// Everything that the migrations create: the tables, and the functions that frontends do not need.
export * from './index.ts';
export { searchFunctions } from './search/search-functions.ts';
export { steadyTime } from './functions/steady-time.ts';
export { usageFunctions } from './functions/usage.ts';
export { versionFunctions } from './functions/versions.ts';
