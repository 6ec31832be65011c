CREATE TABLE "package_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"package_id" uuid NOT NULL,
	"version" text COLLATE "C" NOT NULL,
	"sort_key" text COLLATE "C" NOT NULL,
	"is_prerelease" boolean NOT NULL,
	"published_at" timestamp (3) with time zone,
	"yanked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "package_versions_package_id_version_unique" UNIQUE("package_id","version"),
	CONSTRAINT "package_versions_version_check" CHECK ("package_versions"."version" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("package_versions"."version") <= 256 and "package_versions"."version" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "package_versions_sort_key_check" CHECK ("package_versions"."sort_key" ~ '^[!-~]+$' and char_length("package_versions"."sort_key") <= 512)
);
--> statement-breakpoint
ALTER TABLE "package_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"avatar_url" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "account_name_check" CHECK ("account"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("account"."name") <= 100 and "account"."name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "account_avatar_url_check" CHECK ("account"."avatar_url" ~ '^https?:\/\/[^\u0001-\u0020\u007f"<>]+$' and char_length("account"."avatar_url") <= 2048)
);
--> statement-breakpoint
ALTER TABLE "account" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "package_dependencies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"package_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"dependency_name" text COLLATE "C" NOT NULL,
	"dependency_package_id" uuid,
	"dependency_version_range" text NOT NULL,
	"resolved_version" text COLLATE "C" NOT NULL,
	"resolved_version_id" uuid,
	"resolution" text COLLATE "C" NOT NULL,
	"dependency_type" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "package_dependencies_resolution_check" CHECK ("package_dependencies"."resolution" in ('registry', 'alias', 'url', 'git', 'file', 'unresolved')),
	CONSTRAINT "package_dependencies_dependency_type_check" CHECK ("package_dependencies"."dependency_type" in ('runtime', 'dev', 'peer', 'optional')),
	CONSTRAINT "package_dependencies_dependency_name_check" CHECK ("package_dependencies"."dependency_name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("package_dependencies"."dependency_name") <= 256 and "package_dependencies"."dependency_name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "package_dependencies_dependency_version_range_check" CHECK (char_length("package_dependencies"."dependency_version_range") <= 1024),
	CONSTRAINT "package_dependencies_resolved_version_check" CHECK ("package_dependencies"."resolved_version" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("package_dependencies"."resolved_version") <= 256 and "package_dependencies"."resolved_version" !~ '[\u0000-\u001f\u007f-\u009f]')
);
--> statement-breakpoint
ALTER TABLE "package_dependencies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "package_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"package_name" text COLLATE "C" NOT NULL,
	"registry" text COLLATE "C" NOT NULL,
	"requested_by" uuid,
	"source_request_id" uuid,
	"root_request_id" uuid,
	"is_auto_queued" boolean NOT NULL,
	"depth" integer NOT NULL,
	"priority" integer NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"error_message" text,
	"package_id" uuid,
	"attempt_count" integer NOT NULL,
	"run_at" timestamp (3) with time zone NOT NULL,
	"is_active" boolean GENERATED ALWAYS AS ("package_requests"."status" in ('pending', 'fetching')) STORED,
	"locked_by" text,
	"locked_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "package_requests_registry_check" CHECK ("package_requests"."registry" in ('npm', 'jsr', 'brew', 'apt')),
	CONSTRAINT "package_requests_status_check" CHECK ("package_requests"."status" in ('pending', 'fetching', 'completed', 'failed', 'cancelled')),
	CONSTRAINT "package_requests_package_name_check" CHECK ("package_requests"."package_name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("package_requests"."package_name") <= 256 and "package_requests"."package_name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "package_requests_error_message_check" CHECK (char_length("package_requests"."error_message") <= 10000),
	CONSTRAINT "package_requests_attempt_count_check" CHECK ("package_requests"."attempt_count" >= 0),
	CONSTRAINT "package_requests_depth_check" CHECK ("package_requests"."depth" >= 0),
	CONSTRAINT "package_requests_priority_check" CHECK ("package_requests"."priority" between 0 and 100)
);
--> statement-breakpoint
ALTER TABLE "package_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "package_tags" (
	"id" uuid PRIMARY KEY NOT NULL,
	"package_id" uuid NOT NULL,
	"tag_id" uuid NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "package_tags_package_id_tag_id_unique" UNIQUE("package_id","tag_id")
);
--> statement-breakpoint
ALTER TABLE "package_tags" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "packages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"registry" text COLLATE "C" NOT NULL,
	"description" text,
	"homepage" text,
	"repository" text,
	"dist_tags" jsonb,
	"etag" text,
	"last_fetch_attempt" timestamp (3) with time zone,
	"last_fetch_success" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"deleted_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "packages_name_registry_unique" UNIQUE("name","registry"),
	CONSTRAINT "packages_registry_check" CHECK ("packages"."registry" in ('npm', 'jsr', 'brew', 'apt')),
	CONSTRAINT "packages_name_check" CHECK ("packages"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("packages"."name") <= 256 and "packages"."name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "packages_description_check" CHECK (char_length("packages"."description") <= 10000),
	CONSTRAINT "packages_homepage_check" CHECK ("packages"."homepage" ~ '^https?:\/\/[^\u0001-\u0020\u007f"<>]+$' and char_length("packages"."homepage") <= 2048),
	CONSTRAINT "packages_repository_check" CHECK ("packages"."repository" ~ '^https?:\/\/[^\u0001-\u0020\u007f"<>]+$' and char_length("packages"."repository") <= 2048),
	CONSTRAINT "packages_etag_check" CHECK (char_length("packages"."etag") <= 512)
);
--> statement-breakpoint
ALTER TABLE "packages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tags" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"description" text,
	"color" text,
	"deleted_at" timestamp (3) with time zone,
	"deleted_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "tags_name_unique" UNIQUE("name"),
	CONSTRAINT "tags_slug_unique" UNIQUE("slug"),
	CONSTRAINT "tags_name_check" CHECK ("tags"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("tags"."name") <= 64 and "tags"."name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "tags_slug_check" CHECK ("tags"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length("tags"."slug") <= 64),
	CONSTRAINT "tags_description_check" CHECK (char_length("tags"."description") <= 1000),
	CONSTRAINT "tags_color_check" CHECK ("tags"."color" ~ '^#[0-9a-f]{6}$')
);
--> statement-breakpoint
ALTER TABLE "tags" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "package_versions" ADD CONSTRAINT "fk_package_versions_package_id_packages" FOREIGN KEY ("package_id") REFERENCES "public"."packages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_dependencies" ADD CONSTRAINT "fk_package_dependencies_package_id_packages" FOREIGN KEY ("package_id") REFERENCES "public"."packages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_dependencies" ADD CONSTRAINT "fk_package_dependencies_version_id_package_versions" FOREIGN KEY ("version_id") REFERENCES "public"."package_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_dependencies" ADD CONSTRAINT "fk_package_dependencies_dependency_package_id_packages" FOREIGN KEY ("dependency_package_id") REFERENCES "public"."packages"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_dependencies" ADD CONSTRAINT "fk_package_dependencies_resolved_version_id_package_versions" FOREIGN KEY ("resolved_version_id") REFERENCES "public"."package_versions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_requests" ADD CONSTRAINT "fk_package_requests_requested_by_account" FOREIGN KEY ("requested_by") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_requests" ADD CONSTRAINT "fk_package_requests_source_request_id_package_requests" FOREIGN KEY ("source_request_id") REFERENCES "public"."package_requests"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_requests" ADD CONSTRAINT "fk_package_requests_root_request_id_package_requests" FOREIGN KEY ("root_request_id") REFERENCES "public"."package_requests"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_requests" ADD CONSTRAINT "fk_package_requests_package_id_packages" FOREIGN KEY ("package_id") REFERENCES "public"."packages"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_tags" ADD CONSTRAINT "fk_package_tags_package_id_packages" FOREIGN KEY ("package_id") REFERENCES "public"."packages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_tags" ADD CONSTRAINT "fk_package_tags_tag_id_tags" FOREIGN KEY ("tag_id") REFERENCES "public"."tags"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_tags" ADD CONSTRAINT "fk_package_tags_created_by_account" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "packages" ADD CONSTRAINT "fk_packages_deleted_by_account" FOREIGN KEY ("deleted_by") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tags" ADD CONSTRAINT "fk_tags_deleted_by_account" FOREIGN KEY ("deleted_by") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_package_versions_package_id_sort_key" ON "package_versions" USING btree ("package_id","sort_key" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_package_versions_published_at" ON "package_versions" USING btree ("published_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "idx_package_dependencies_package_id" ON "package_dependencies" USING btree ("package_id");--> statement-breakpoint
CREATE INDEX "idx_package_dependencies_version_id" ON "package_dependencies" USING btree ("version_id");--> statement-breakpoint
CREATE INDEX "idx_package_dependencies_dependency_package_id_package_id" ON "package_dependencies" USING btree ("dependency_package_id","package_id") WHERE "package_dependencies"."dependency_package_id" is not null;--> statement-breakpoint
CREATE INDEX "idx_package_dependencies_resolved_version_id_package_id" ON "package_dependencies" USING btree ("resolved_version_id","package_id") WHERE "package_dependencies"."resolved_version_id" is not null;--> statement-breakpoint
CREATE INDEX "idx_package_dependencies_dependency_name_resolved_version" ON "package_dependencies" USING btree ("dependency_name","resolved_version") WHERE "package_dependencies"."resolved_version_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "idx_package_requests_registry_package_name" ON "package_requests" USING btree ("registry","package_name") WHERE "package_requests"."is_active";--> statement-breakpoint
CREATE INDEX "idx_package_requests_requested_by_created_at" ON "package_requests" USING btree ("requested_by","created_at" DESC NULLS FIRST) WHERE "package_requests"."requested_by" is not null;--> statement-breakpoint
CREATE INDEX "idx_package_requests_registry_priority_run_at" ON "package_requests" USING btree ("registry","priority" DESC NULLS FIRST,"run_at") WHERE "package_requests"."is_active";--> statement-breakpoint
CREATE INDEX "idx_package_requests_is_auto_queued_created_at" ON "package_requests" USING btree ("is_auto_queued","created_at") WHERE not "package_requests"."is_active";--> statement-breakpoint
CREATE INDEX "idx_package_requests_source_request_id" ON "package_requests" USING btree ("source_request_id") WHERE "package_requests"."source_request_id" is not null;--> statement-breakpoint
CREATE INDEX "idx_package_requests_root_request_id" ON "package_requests" USING btree ("root_request_id") WHERE "package_requests"."root_request_id" is not null;--> statement-breakpoint
CREATE INDEX "idx_package_requests_package_id" ON "package_requests" USING btree ("package_id") WHERE "package_requests"."package_id" is not null;--> statement-breakpoint
CREATE INDEX "idx_package_tags_tag_id_package_id" ON "package_tags" USING btree ("tag_id","package_id");--> statement-breakpoint
CREATE INDEX "idx_package_tags_created_by" ON "package_tags" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "idx_packages_registry_name" ON "packages" USING btree ("registry","name") WHERE "packages"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "idx_packages_last_fetch_attempt" ON "packages" USING btree ("last_fetch_attempt");--> statement-breakpoint
CREATE INDEX "idx_packages_created_at_id" ON "packages" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_packages_updated_at_id" ON "packages" USING btree ("updated_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_packages_name_lower" ON "packages" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "idx_packages_name_backwards" ON "packages" USING btree (reverse(lower("name")));--> statement-breakpoint
CREATE INDEX "idx_packages_words" ON "packages" USING gin ((setweight(to_tsvector('english', translate("name", '@/-_.', '     ')), 'A') || setweight(to_tsvector('english', coalesce("description", '')), 'B')));--> statement-breakpoint
CREATE INDEX "idx_packages_deleted_by" ON "packages" USING btree ("deleted_by") WHERE "packages"."deleted_by" is not null;--> statement-breakpoint
CREATE INDEX "idx_tags_deleted_by" ON "tags" USING btree ("deleted_by") WHERE "tags"."deleted_by" is not null;