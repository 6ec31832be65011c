export { crudMutators } from '../../../guard/crud/crud-mutators.ts';
export { mutators } from './mutators/mutators.ts';
export { anonymous, type Principal } from './principal.ts';
export { queries } from './queries/queries.ts';
export {
  schema,
  zql,
  type Account,
  type Package,
  type PackageDependency,
  type PackageRequest,
  type PackageTag,
  type PackageVersion,
  type Tag,
} from './zero-schema.gen.ts';
