import { defineQueries } from '@rocicorp/zero';
import { packageQueries } from './packages.ts';
import { profileQueries } from './profile.ts';
import { requestQueries } from './requests.ts';
import { tagQueries } from './tags.ts';

/**
 * The garden's named queries. The server looks them up by name and adds the access
 * rules, so that a client cannot send other queries.
 *
 * @example
 * const [packages] = useQuery(queries.packages.search({ text: 'reac', sort: 'newest' }));
 */
export const queries = /* @__PURE__ */ defineQueries({
  packages: packageQueries,
  profile: profileQueries,
  requests: requestQueries,
  tags: tagQueries,
});
