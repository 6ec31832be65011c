import { requestStatuses } from '../../apps/garden/package-requests.ts';
import { nameId } from '../name-id.ts';
import type { Random } from './random.ts';
import { dependenciesAt, type Shape } from './synthetic-dependency.ts';
import { idSalt, momentOf, syntheticId } from './synthetic-id.ts';
import { nameOf, registryOf } from './synthetic-name.ts';
import { versionAt, versionCount } from './synthetic-version.ts';
import { places, purposes, subjects, words } from './vocabulary.ts';

/** What the rows of a synthetic garden are made from. */
export interface RowSource {
  readonly random: Random;
  readonly shape: Shape;
  /** The ids of the tags, in the order of their popularity. */
  readonly tags: readonly string[];
}

/** Packages from `start` on, before `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** The rows of a table as lines of COPY's text format, each with its line break. */
export type RowLines = (source: RowSource, span: Span) => Generator<string>;

const DAY = 86_400_000;
/** Between two versions of a package. */
const PACE = DAY / 4;
const DESCRIPTION = 31;
const TAG = 32;
const PERSON = 33;
const REQUEST = 34;
const PUBLISHED = 35;

/** The people who put tags and ask for packages. */
export const PEOPLE = 1000;

/** The id of the nth of them. */
export const personId = (at: number): string => nameId('account', `gardener ${at}`);

const personIds: readonly string[] = Array.from({ length: PEOPLE }, (_, at) => personId(at));
const person = (random: Random, at: number, part: number): string =>
  personIds[Math.floor(PEOPLE * random.unit(PERSON, at, part) ** 3)] as string;

/** A moment as COPY reads it. */
const stamp = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** One in a hundred was deleted by somebody, and one in twenty was never fetched. */
export const packageColumns =
  'id, name, registry, description, homepage, repository, last_fetch_attempt, last_fetch_success, deleted_at, deleted_by, created_at, updated_at';

export const packageLines: RowLines = function* ({ random }, { start, end }) {
  for (let at = start; at < end; at += 1) {
    const name = nameOf(at);
    const form = random.bits(DESCRIPTION, at);
    const made = stamp(momentOf(at));
    const path = name.replace('@', '');
    const fetched = form % 20 === 3 ? '\\N' : made;
    const answered = form % 40 === 4 ? '\\N' : fetched;
    const deleted = form % 100 === 7;
    yield `${syntheticId(random, idSalt.packages, at)}\t${name}\t${registryOf(at)}\t${describe(form)}\t${
      form % 3 === 0 ? '\\N' : `https://${path.replace('/', '.')}.example.org/`
    }\t${form % 7 === 0 ? '\\N' : `https://git.example.org/${path}`}\t${fetched}\t${answered}\t${
      deleted ? stamp(momentOf(at) + 30 * DAY) : '\\N'
    }\t${deleted ? person(random, at, 99) : '\\N'}\t${made}\t${made}\n`;
  }
};

/** One in seventeen has nothing to say. */
function describe(form: number): string {
  if (form % 17 === 0) return '\\N';
  const purpose = purposes[(form >>> 4) % purposes.length] as string;
  const subject = subjects[(form >>> 9) % subjects.length] as string;
  const place = places[(form >>> 15) % places.length] as string;
  const name = words[(form >>> 19) & 0xff] as string;
  switch (form % 3) {
    case 0:
      return `A small library for ${purpose} ${subject} in ${place}, in the manner of ${name}`;
    case 1:
      return `${purpose[0]?.toUpperCase()}${purpose.slice(1)} ${subject} for ${place}. Made with ${name}.`;
    default:
      return `${subject[0]?.toUpperCase()}${subject.slice(1)} and ${purpose} for modern ${place}`;
  }
}

export const versionColumns =
  'id, package_id, version, sort_key, is_prerelease, published_at, yanked_at, created_at';

/** npm and jsr say when a version was published; brew and apt do not. */
export const versionLines: RowLines = function* ({ random, shape }, { start, end }) {
  for (let at = start; at < end; at += 1) {
    const packageId = syntheticId(random, idSalt.packages, at);
    const made = momentOf(at);
    const registry = registryOf(at);
    const dated = registry === 'npm' || registry === 'jsr';
    const count = versionCount(random, at, shape.versions);
    for (let index = 0; index < count; index += 1) {
      const { version, sortKey, isPrerelease, isYanked } = versionAt(random, at, index);
      const published = stamp(made + index * PACE + random.below(PACE, PUBLISHED, at, index));
      yield `${syntheticId(random, idSalt.package_versions, at, index)}\t${packageId}\t${version}\t${sortKey}\t${
        isPrerelease ? 't' : 'f'
      }\t${dated ? published : '\\N'}\t${isYanked ? published : '\\N'}\t${published}\n`;
    }
  }
};

export const dependencyColumns =
  'id, package_id, version_id, dependency_name, dependency_package_id, dependency_version_range, resolved_version, resolved_version_id, resolution, dependency_type, created_at';

export const dependencyLines: RowLines = function* ({ random, shape }, { start, end }) {
  for (let at = start; at < end; at += 1) {
    const packageId = syntheticId(random, idSalt.packages, at);
    const made = stamp(momentOf(at));
    const count = versionCount(random, at, shape.versions);
    for (let index = 0; index < count; index += 1) {
      const versionId = syntheticId(random, idSalt.package_versions, at, index);
      let part = 0;
      for (const need of dependenciesAt(random, shape, at, index)) {
        const { target } = need;
        const links =
          target === undefined
            ? (['\\N', '\\N'] as const)
            : ([
                syntheticId(random, idSalt.packages, target),
                syntheticId(random, idSalt.package_versions, target, need.resolvedIndex),
              ] as const);
        yield `${syntheticId(random, idSalt.package_dependencies, at, index, part)}\t${packageId}\t${versionId}\t${need.name}\t${links[0]}\t${need.range}\t${need.resolved}\t${links[1]}\t${need.resolution}\t${need.type}\t${made}\n`;
        part += 1;
      }
    }
  }
};

export const tagColumns = 'id, package_id, tag_id, created_by, created_at';

/** A package has up to four tags; the first tags of the list are the commonest. */
export const tagLines: RowLines = function* ({ random, tags }, { start, end }) {
  for (let at = start; at < end; at += 1) {
    const packageId = syntheticId(random, idSalt.packages, at);
    const made = stamp(momentOf(at));
    const count = random.bits(TAG, at) % 5;
    const seen: number[] = [];
    for (let part = 0; part < count; part += 1) {
      const tag = Math.floor(tags.length * random.unit(TAG, at, part + 1) ** 2);
      if (seen.includes(tag)) continue;
      seen.push(tag);
      yield `${syntheticId(random, idSalt.package_tags, at, 0, part)}\t${packageId}\t${tags[tag] ?? ''}\t${person(random, at, part)}\t${made}\n`;
    }
  }
};

export const requestColumns =
  'id, package_name, registry, requested_by, source_request_id, root_request_id, is_auto_queued, depth, priority, status, error_message, package_id, attempt_count, run_at, locked_by, locked_until, created_at, updated_at';

/**
 * Every fourth package was asked for; every second of those by the garden
 * itself, because the one before needs it. Those that are not done are for
 * packages that the garden does not have.
 */
export const requestLines: RowLines = function* ({ random }, { start, end }) {
  const first = Math.ceil(start / 4) * 4;
  for (let at = first; at < end; at += 4) {
    const made = stamp(momentOf(at));
    const form = random.bits(REQUEST, at);
    const status = requestStatus(form);
    const isAuto = at % 8 === 4;
    const source = isAuto ? syntheticId(random, idSalt.package_requests, at - 4) : '\\N';
    const done = status === 'completed';
    const leased = status === 'fetching';
    yield `${syntheticId(random, idSalt.package_requests, at)}\t${done ? nameOf(at) : `wanted-${at}`}\t${registryOf(at)}\t${
      isAuto ? '\\N' : person(random, at, 50)
    }\t${source}\t${source}\t${isAuto ? 't' : 'f'}\t${isAuto ? 1 : 0}\t${isAuto ? 20 + (form % 20) : 50}\t${status}\t${
      status === 'failed' ? 'the registry answered 404' : '\\N'
    }\t${done ? syntheticId(random, idSalt.packages, at) : '\\N'}\t${status === 'pending' ? 0 : 1 + (form % 3)}\t${made}\t${
      leased ? `worker-${form % 8}` : '\\N'
    }\t${leased ? stamp(momentOf(at) + 60_000) : '\\N'}\t${made}\t${made}\n`;
  }
};

/** Most are done; the rest is in every other state. */
function requestStatus(form: number): string {
  const place = (form >>> 8) % 16;
  if (place < 9) return 'completed';
  return requestStatuses[place % requestStatuses.length] as string;
}
