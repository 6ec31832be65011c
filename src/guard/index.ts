export {
  crudMutators,
  type CrudMutators,
  type CrudOptions,
  type TableMutators,
} from './crud/crud-mutators.ts';
