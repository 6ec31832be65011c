import type { Registry } from '../../src/apps/garden/tables/registry.ts';
import { versionOrder } from '../../src/apps/garden/ingest/registry/version-order.ts';
import type {
  FetchedDependency,
  FetchedPackage,
} from '../../src/apps/garden/ingest/registry/registry-adapter.ts';

type Versions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Short form of a package: versions with their dependencies. `!` marks a yanked version. */
export function pkg(
  name: string,
  versions: Versions,
  more: Partial<FetchedPackage> & { registry?: Registry } = {},
): FetchedPackage {
  const { registry = 'npm', ...rest } = more;
  return {
    name,
    description: `about ${name}`,
    homepage: null,
    repository: null,
    etag: undefined,
    tags: new Map(),
    versions: Object.entries(versions).map(([text, needs]) => {
      const version = text.replace('!', '');
      return {
        version,
        ...versionOrder(registry, version),
        publishedAt: undefined,
        yanked: text !== version,
        dependencies: Object.entries(needs).map(([dependency, range]): FetchedDependency => ({
          name: dependency,
          range,
          type: 'runtime',
        })),
      };
    }),
    ...rest,
  };
}
