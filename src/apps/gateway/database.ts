// Everything that the migrations create.
export * from './index.ts';
export { dashboardFunctions } from './functions/dashboard-functions.ts';
export {
  indexUsageSummary,
  performanceMonitoring,
  slowQueries,
  slowTables,
  unusedIndexes,
} from './monitoring.ts';
