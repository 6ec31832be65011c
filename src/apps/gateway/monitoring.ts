import { monitoringViews, type MonitoringViews } from '../../kit/index.ts';
import { OPERATOR_ROLE } from './database-roles.ts';

const views: MonitoringViews = monitoringViews({ operator: OPERATOR_ROLE });

export const { performanceMonitoring, indexUsageSummary, unusedIndexes, slowTables, slowQueries } =
  views;
