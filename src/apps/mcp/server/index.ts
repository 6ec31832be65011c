export { MCP_ROLE } from '../role.ts';
export { mcpMigrations } from '../migrations-folder.ts';
export type { ListedPackage } from '../queries/listed-package.ts';
export { packageByName } from '../queries/package-by-name.ts';
export {
  changedPackages,
  newestPackages,
  packagesOfCategory,
  packagesOfLanguage,
  popularPackages,
  publicPackages,
} from '../queries/package-pages.ts';
export { mcpServer, type McpServerOptions } from './mcp-server.ts';
export {
  openPackage,
  recordPackageUse,
  restorePackageVersion,
  type OpenedPackage,
} from './package-functions.ts';
export type { PackageSearch } from './package-search.ts';
export { searchPackages, type FoundPackage } from './search-packages.ts';
