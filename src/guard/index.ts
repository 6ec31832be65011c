export { checkedWrites } from './crud/checked-writes.ts';
export {
  crudMutators,
  type CrudMutators,
  type CrudOptions,
  type TableMutators,
} from './crud/crud-mutators.ts';
export { tableQueries, type TableQueries, type TableQueriesOptions } from './crud/table-queries.ts';
export type { ColumnCheck, RowChecks } from '../model/column-check.ts';
export type { ServiceFailure, ServiceIssue, ServiceOperation } from '../report/service-failure.ts';
