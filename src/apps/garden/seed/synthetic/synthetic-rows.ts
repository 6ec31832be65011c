import { requestStatuses } from '../../tables/package-requests.ts';
import { nameId } from '../name-id.ts';
import type { CopyRows } from '../load/copy-rows.ts';
import type { Random } from './random.ts';
import { GENERATION, needsAt, type Need, type Shape } from './synthetic-dependency.ts';
import { idSalt, momentOf, type SyntheticIds } from './synthetic-id.ts';
import { nameOf, registryOf } from './synthetic-name.ts';
import { isYanked, versionAt, versionCount } from './synthetic-version.ts';
import { places, purposes, subjects, words } from './vocabulary.ts';

/** Inputs of the synthetic rows. */
export interface RowSource {
  readonly random: Random;
  readonly ids: SyntheticIds;
  readonly shape: Shape;
  /** Ids of the tags, most popular first. */
  readonly tags: readonly Buffer[];
}

/** A table with its columns and the function that writes its rows for the nth package. */
export interface TableRows {
  readonly table: string;
  readonly columns: readonly string[];
  write(rows: CopyRows, source: RowSource, at: number): void;
}

const DAY = 86_400_000;
/** Time between two versions of a package. */
const PACE = DAY / 4;
const DESCRIPTION = 31;
const TAG = 32;
const USER = 33;
const REQUEST = 34;
const PUBLISHED = 35;

/** Number of accounts that assign tags and request packages. */
export const USERS = 1000;

/** The id of the nth account. */
export const userId = (at: number): string => nameId('account', `gardener ${at}`);

/** The 16 bytes of a uuid. */
export const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

const userIds: readonly Buffer[] = Array.from({ length: USERS }, (_, at) => idBytes(userId(at)));
const user = (random: Random, at: number, part: number): Buffer =>
  userIds[Math.floor(USERS * random.unit(USER, at, part) ** 3)] as Buffer;

const columns = (names: string): readonly string[] => names.split(' ');

/** One package in a hundred is deleted, and one in twenty was never fetched. */
const packageRows: TableRows = {
  table: 'packages',
  columns: columns(
    'id name registry description homepage repository last_fetch_attempt last_fetch_success deleted_at deleted_by created_at updated_at',
  ),
  write(rows, { random, ids }, at) {
    const name = nameOf(at);
    const form = random.bits(DESCRIPTION, at);
    const made = momentOf(at);
    const path = name.replace('@', '');
    const fetched = form % 20 === 3 ? null : made;
    rows.row(this.columns.length);
    rows.id(ids.words(idSalt.packages, at));
    rows
      .text(name)
      .text(registryOf(at))
      .text(describe(form))
      .text(form % 3 === 0 ? null : `https://${path.replace('/', '.')}.example.org/`)
      .text(form % 7 === 0 ? null : `https://git.example.org/${path}`)
      .moment(fetched)
      .moment(form % 40 === 4 ? null : fetched);
    if (form % 100 === 7) rows.moment(made + 30 * DAY).idBytes(user(random, at, 99));
    else rows.null().null();
    rows.moment(made).moment(made);
  },
};

/** One package in seventeen has no description. */
function describe(form: number): string | null {
  if (form % 17 === 0) return null;
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

/** npm and jsr have publication dates; brew and apt do not. */
const versionRows: TableRows = {
  table: 'package_versions',
  columns: columns(
    'id package_id version sort_key is_prerelease published_at yanked_at created_at',
  ),
  write(rows, { random, ids, shape }, at) {
    const made = momentOf(at);
    const registry = registryOf(at);
    const isDated = registry === 'npm' || registry === 'jsr';
    const count = versionCount(random, at, shape.versions);
    for (let index = 0; index < count; index += 1) {
      const { version, sortKey, isPrerelease } = versionAt(random, at, index);
      const published = made + index * PACE + Math.floor(random.unit(PUBLISHED, at, index) * PACE);
      rows.row(this.columns.length);
      rows.id(ids.words(idSalt.package_versions, at, index));
      rows.id(ids.words(idSalt.packages, at));
      rows
        .text(version)
        .text(sortKey)
        .boolean(isPrerelease)
        .moment(isDated ? published : null)
        .moment(isYanked(random, at, index) ? published : null)
        .moment(published);
    }
  },
};

const dependencyRows: TableRows = {
  table: 'package_dependencies',
  columns: columns(
    'id package_id version_id dependency_name dependency_package_id dependency_version_range resolved_version resolved_version_id resolution dependency_type created_at',
  ),
  write(rows, { random, ids, shape }, at) {
    const made = momentOf(at);
    const count = versionCount(random, at, shape.versions);
    let needs: readonly Need[] = [];
    for (let index = 0; index < count; index += 1) {
      if (index % GENERATION === 0) needs = needsAt(random, shape, at, index / GENERATION);
      for (const [part, need] of needs.entries()) {
        const { target, resolvedIndex } = need;
        rows.row(this.columns.length);
        rows.id(ids.words(idSalt.package_dependencies, at, index, part));
        rows.id(ids.words(idSalt.packages, at));
        rows.id(ids.words(idSalt.package_versions, at, index));
        rows.text(need.name);
        if (target === undefined) rows.null();
        else rows.id(ids.words(idSalt.packages, target));
        rows.text(need.range).text(need.resolved);
        if (target === undefined) rows.null();
        else rows.id(ids.words(idSalt.package_versions, target, resolvedIndex));
        rows.text(need.resolution).text(need.type).moment(made);
      }
    }
  },
};

/** A package has up to four tags. The first tags of the list are the most common. */
const tagRows: TableRows = {
  table: 'package_tags',
  columns: columns('id package_id tag_id created_by created_at'),
  write(rows, { random, ids, tags }, at) {
    const count = random.bits(TAG, at) % 5;
    const seen: Buffer[] = [];
    for (let part = 0; part < count; part += 1) {
      const tag = tags[Math.floor(tags.length * random.unit(TAG, at, part + 1) ** 2)];
      if (tag === undefined || seen.includes(tag)) continue;
      seen.push(tag);
      rows.row(this.columns.length);
      rows.id(ids.words(idSalt.package_tags, at, 0, part));
      rows.id(ids.words(idSalt.packages, at));
      rows
        .idBytes(tag)
        .idBytes(user(random, at, part))
        .moment(momentOf(at));
    }
  },
};

/**
 * Every fourth package has a request. Every second of those was queued automatically, as a
 * dependency of the previous one. Only completed requests refer to existing packages.
 */
const requestRows: TableRows = {
  table: 'package_requests',
  columns: columns(
    'id package_name registry requested_by source_request_id root_request_id is_auto_queued depth priority status error_message package_id attempt_count run_at locked_by locked_until created_at updated_at',
  ),
  write(rows, { random, ids }, at) {
    if (at % 4 !== 0) return;
    const made = momentOf(at);
    const form = random.bits(REQUEST, at);
    const status = requestStatus(form);
    const isAuto = at % 8 === 4;
    const isDone = status === 'completed';
    const isLeased = status === 'fetching';
    rows.row(this.columns.length);
    rows.id(ids.words(idSalt.package_requests, at));
    rows.text(isDone ? nameOf(at) : `wanted-${at}`).text(registryOf(at));
    if (isAuto) {
      rows.null();
      rows.id(ids.words(idSalt.package_requests, at - 4));
      rows.id(ids.words(idSalt.package_requests, at - 4));
    } else
      rows
        .idBytes(user(random, at, 50))
        .null()
        .null();
    rows
      .boolean(isAuto)
      .integer(isAuto ? 1 : 0)
      .integer(isAuto ? 20 + (form % 20) : 50)
      .text(status)
      .text(status === 'failed' ? 'the registry answered 404' : null);
    if (isDone) rows.id(ids.words(idSalt.packages, at));
    else rows.null();
    rows
      .integer(status === 'pending' ? 0 : 1 + (form % 3))
      .moment(made)
      .text(isLeased ? `worker-${form % 8}` : null)
      .moment(isLeased ? made + 60_000 : null)
      .moment(made)
      .moment(made);
  },
};

/** Most requests are completed; the rest are spread over all statuses. */
function requestStatus(form: number): string {
  const place = (form >>> 8) % 16;
  if (place < 9) return 'completed';
  return requestStatuses[place % requestStatuses.length] as string;
}

/** The tables in the order of their foreign keys. */
export const tableRows: readonly TableRows[] = [
  packageRows,
  versionRows,
  dependencyRows,
  tagRows,
  requestRows,
];
