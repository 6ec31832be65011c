-- Made by `garden generate` from the definitions.
create or replace function "public"."touch_updated_at"() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new."updated_at" := now();
  return new;
end
$$;
--> statement-breakpoint
create or replace trigger "touch_updated_at" before update on "public"."account"
for each row when (new."updated_at" is not distinct from old."updated_at")
execute function "public"."touch_updated_at"();
--> statement-breakpoint
create or replace trigger "touch_updated_at" before update on "public"."package_requests"
for each row when (new."updated_at" is not distinct from old."updated_at")
execute function "public"."touch_updated_at"();
--> statement-breakpoint
create or replace trigger "touch_updated_at" before update on "public"."packages"
for each row when (new."updated_at" is not distinct from old."updated_at")
execute function "public"."touch_updated_at"();
--> statement-breakpoint
create or replace trigger "touch_updated_at" before update on "public"."tags"
for each row when (new."updated_at" is not distinct from old."updated_at")
execute function "public"."touch_updated_at"();
--> statement-breakpoint
revoke all on "public"."account" from "garden_user";
--> statement-breakpoint
grant select on "public"."account" to "garden_user";
--> statement-breakpoint
grant insert ("id", "name", "avatar_url", "created_at", "updated_at") on "public"."account" to "garden_user";
--> statement-breakpoint
grant update ("name", "avatar_url", "updated_at") on "public"."account" to "garden_user";
--> statement-breakpoint
alter table "public"."account" force row level security;
--> statement-breakpoint
revoke all on "public"."package_dependencies" from "garden_user";
--> statement-breakpoint
grant select on "public"."package_dependencies" to "garden_user";
--> statement-breakpoint
grant insert ("id", "package_id", "version_id", "dependency_name", "dependency_package_id", "dependency_version_range", "resolved_version", "resolved_version_id", "resolution", "dependency_type", "created_at") on "public"."package_dependencies" to "garden_user";
--> statement-breakpoint
grant update ("dependency_name", "dependency_package_id", "dependency_version_range", "resolved_version", "resolved_version_id", "resolution", "dependency_type") on "public"."package_dependencies" to "garden_user";
--> statement-breakpoint
grant delete on "public"."package_dependencies" to "garden_user";
--> statement-breakpoint
alter table "public"."package_dependencies" force row level security;
--> statement-breakpoint
revoke all on "public"."package_requests" from "garden_user";
--> statement-breakpoint
grant select ("id", "package_name", "registry", "requested_by", "source_request_id", "root_request_id", "is_auto_queued", "depth", "priority", "status", "error_message", "package_id", "attempt_count", "run_at", "created_at", "updated_at") on "public"."package_requests" to "garden_user";
--> statement-breakpoint
grant insert ("id", "package_name", "registry", "requested_by", "source_request_id", "root_request_id", "is_auto_queued", "depth", "priority", "status", "error_message", "package_id", "attempt_count", "run_at", "created_at", "updated_at") on "public"."package_requests" to "garden_user";
--> statement-breakpoint
grant update ("package_name", "registry", "is_auto_queued", "depth", "priority", "status", "error_message", "package_id", "attempt_count", "run_at", "updated_at") on "public"."package_requests" to "garden_user";
--> statement-breakpoint
grant delete on "public"."package_requests" to "garden_user";
--> statement-breakpoint
alter table "public"."package_requests" force row level security;
--> statement-breakpoint
revoke all on "public"."package_tags" from "garden_user";
--> statement-breakpoint
grant select on "public"."package_tags" to "garden_user";
--> statement-breakpoint
grant insert ("id", "package_id", "tag_id", "created_by", "created_at") on "public"."package_tags" to "garden_user";
--> statement-breakpoint
grant delete on "public"."package_tags" to "garden_user";
--> statement-breakpoint
alter table "public"."package_tags" force row level security;
--> statement-breakpoint
revoke all on "public"."package_versions" from "garden_user";
--> statement-breakpoint
grant select on "public"."package_versions" to "garden_user";
--> statement-breakpoint
grant insert ("id", "package_id", "version", "sort_key", "is_prerelease", "published_at", "yanked_at", "created_at") on "public"."package_versions" to "garden_user";
--> statement-breakpoint
grant update ("version", "sort_key", "is_prerelease", "published_at", "yanked_at") on "public"."package_versions" to "garden_user";
--> statement-breakpoint
grant delete on "public"."package_versions" to "garden_user";
--> statement-breakpoint
alter table "public"."package_versions" force row level security;
--> statement-breakpoint
revoke all on "public"."packages" from "garden_user";
--> statement-breakpoint
grant select on "public"."packages" to "garden_user";
--> statement-breakpoint
grant insert ("id", "name", "registry", "description", "homepage", "repository", "dist_tags", "etag", "last_fetch_attempt", "last_fetch_success", "deleted_at", "deleted_by", "created_at", "updated_at") on "public"."packages" to "garden_user";
--> statement-breakpoint
grant update ("name", "registry", "description", "homepage", "repository", "dist_tags", "etag", "last_fetch_attempt", "last_fetch_success", "deleted_at", "deleted_by", "updated_at") on "public"."packages" to "garden_user";
--> statement-breakpoint
alter table "public"."packages" force row level security;
--> statement-breakpoint
revoke all on "public"."tags" from "garden_user";
--> statement-breakpoint
grant select on "public"."tags" to "garden_user";
--> statement-breakpoint
grant insert ("id", "name", "slug", "description", "color", "deleted_at", "deleted_by", "created_at", "updated_at") on "public"."tags" to "garden_user";
--> statement-breakpoint
grant update ("name", "slug", "description", "color", "deleted_at", "deleted_by", "updated_at") on "public"."tags" to "garden_user";
--> statement-breakpoint
alter table "public"."tags" force row level security;
--> statement-breakpoint
comment on table "public"."account" is 'What others may see of a person. The id is the identity provider''s subject; roles and mail addresses stay with the provider and are never columns.';
--> statement-breakpoint
comment on column "public"."account"."name" is 'The name that is shown beside what the person did.';
--> statement-breakpoint
comment on table "public"."package_dependencies" is 'What one version of a package needs: what it asked for (the range), and what that came to (the resolved version). Both links to rows of ours may be empty: the target may not be in the garden yet.';
--> statement-breakpoint
comment on column "public"."package_dependencies"."dependency_package_id" is 'The row of the dependency, once the garden has it.';
--> statement-breakpoint
comment on column "public"."package_dependencies"."dependency_version_range" is 'As the package''s manifest says it, for example ^1.0.0.';
--> statement-breakpoint
comment on column "public"."package_dependencies"."resolved_version" is 'The version that the range came to. Where resolution is not registry or alias there is none, and the specification stands here as it was written.';
--> statement-breakpoint
comment on column "public"."package_dependencies"."resolved_version_id" is 'The row of the resolved version, once the garden has it.';
--> statement-breakpoint
comment on column "public"."package_dependencies"."resolution" is 'How resolved_version was found; only registry and alias name a published version.';
--> statement-breakpoint
comment on table "public"."package_requests" is 'A wish that the garden fetch a package: from a person, or from a package that needs it. This is the workers'' queue and the person''s history at once.';
--> statement-breakpoint
comment on column "public"."package_requests"."requested_by" is 'Nobody, where a dependency was queued by the garden itself.';
--> statement-breakpoint
comment on column "public"."package_requests"."source_request_id" is 'The request whose package needs this one.';
--> statement-breakpoint
comment on column "public"."package_requests"."root_request_id" is 'The person''s request at the start of the chain; its budget pays for all that follow.';
--> statement-breakpoint
comment on column "public"."package_requests"."depth" is 'Steps from the root request; the root itself is at 0.';
--> statement-breakpoint
comment on column "public"."package_requests"."priority" is 'From 0 to 100; higher is claimed sooner.';
--> statement-breakpoint
comment on column "public"."package_requests"."package_id" is 'What the request led to.';
--> statement-breakpoint
comment on column "public"."package_requests"."run_at" is 'Not to be claimed before.';
--> statement-breakpoint
comment on column "public"."package_requests"."locked_by" is 'The worker that holds the lease.';
--> statement-breakpoint
comment on column "public"."package_requests"."locked_until" is 'The end of the lease, in database time; after it anybody may take the request.';
--> statement-breakpoint
comment on table "public"."package_tags" is 'A tag on a package, and who put it there.';
--> statement-breakpoint
comment on table "public"."package_versions" is 'A published version of a package.';
--> statement-breakpoint
comment on column "public"."package_versions"."sort_key" is 'The version as text whose byte order is the registry''s own order, so that "latest" is the first row of an index. Made by semverSortKey for semver.';
--> statement-breakpoint
comment on column "public"."package_versions"."published_at" is 'When the registry published it; not every registry tells.';
--> statement-breakpoint
comment on column "public"."package_versions"."yanked_at" is 'When it was found to be withdrawn from the registry. The row stays: others depend on it.';
--> statement-breakpoint
comment on table "public"."packages" is 'A software package of one registry. What can be counted or sorted out of the other tables (latest version, number of dependents) is not repeated here.';
--> statement-breakpoint
comment on column "public"."packages"."name" is 'As the registry spells it: whether case matters is the registry''s rule.';
--> statement-breakpoint
comment on column "public"."packages"."repository" is 'Where the source is, as an address that a browser opens.';
--> statement-breakpoint
comment on column "public"."packages"."dist_tags" is 'The registry''s own names for versions, such as `latest`, and the version of each.';
--> statement-breakpoint
comment on column "public"."packages"."etag" is 'What the registry called its last answer, to ask with whether it still stands.';
--> statement-breakpoint
comment on column "public"."packages"."last_fetch_attempt" is 'When a worker last asked the registry, with or without success.';
--> statement-breakpoint
comment on column "public"."packages"."last_fetch_success" is 'When a worker last got an answer. The cooldown of an hour counts from here.';
--> statement-breakpoint
comment on table "public"."tags" is 'A broad word that packages are found by, such as "database". There is no hierarchy.';
--> statement-breakpoint
comment on column "public"."tags"."slug" is 'The name as it stands in an address.';
--> statement-breakpoint
comment on column "public"."tags"."color" is 'As #rrggbb in lower case.';
