import { defineMutators } from '@rocicorp/zero';
import { crudMutators } from '../../../../guard/crud/crud-mutators.ts';
import { schema } from '../zero-schema.gen.ts';
import { profileMutators } from './profile.ts';
import { requestMutators } from './requests.ts';
import { softDeletion } from './soft-deletion.ts';
import { tagMutators } from './tags.ts';

/**
 * The garden's mutators. They run on the client at once, and again on the server,
 * which decides.
 *
 * @example
 * zero.mutate(mutators.tags.assign({ id: newId(), packageId, tagId, at: Date.now() }));
 */
export const mutators = /* @__PURE__ */ defineMutators({
  packages: softDeletion('packages'),
  profile: profileMutators,
  requests: requestMutators,
  tags: tagMutators,
  // Requests are left out: they are made by requests.create alone, where the queue decides.
  rows: crudMutators(schema, {
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
