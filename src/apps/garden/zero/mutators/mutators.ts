import { defineMutators } from '@rocicorp/zero';
import { crudMutators } from '../../../../guard/crud/crud-mutators.ts';
import { checks } from '../zero-checks.gen.ts';
import { schema } from '../zero-schema.gen.ts';
import { profileMutators } from './profile.ts';
import { requestMutators } from './requests.ts';
import { softDeletion } from './soft-deletion.ts';
import { tagMutators } from './tags.ts';

/**
 * The garden's mutators. They run on the client immediately, and again on the server, whose
 * result counts.
 *
 * @example
 * zero.mutate(mutators.tags.assign({ id: newId(), packageId, tagId, at: Date.now() }));
 */
export const mutators = /* @__PURE__ */ defineMutators({
  packages: softDeletion('packages'),
  profile: profileMutators,
  requests: requestMutators,
  tags: tagMutators,
  // Excludes requests. Only `requests.create` inserts them, so that the queue can decide.
  rows: crudMutators(schema, {
    checks,
    tables: [
      'account',
      'packageDependencies',
      'packages',
      'packageTags',
      'packageVersions',
      'tags',
    ],
  }),
});
