export { MCP_ROLE } from '../role.ts';
export { mcpMigrations } from '../migrations-folder.ts';
export {
  changedPackages,
  newestPackages,
  packagesOfCategory,
  packagesOfLanguage,
  popularPackages,
  publicPackages,
  type ListedPackage,
} from '../queries/package-pages.ts';
export { mcpServer, type McpServerOptions } from './mcp-server.ts';
export {
  openPackage,
  recordPackageUse,
  restorePackageVersion,
  type OpenedPackage,
} from './package-functions.ts';
export { searchPackages, type FoundPackage, type PackageSearch } from './search-packages.ts';
