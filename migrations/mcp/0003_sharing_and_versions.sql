CREATE TABLE "categories" (
	"id" uuid PRIMARY KEY NOT NULL,
	"parent_id" uuid,
	"name" text COLLATE "C" NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "categories_parent_id_slug_unique" UNIQUE NULLS NOT DISTINCT("parent_id","slug"),
	CONSTRAINT "categories_name_check" CHECK ("categories"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("categories"."name") <= 100 and "categories"."name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "categories_slug_check" CHECK ("categories"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length("categories"."slug") <= 64)
);
--> statement-breakpoint
ALTER TABLE "categories" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "package_dependencies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"package_id" uuid NOT NULL,
	"depends_on_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "package_dependencies_package_id_depends_on_id_unique" UNIQUE("package_id","depends_on_id"),
	CONSTRAINT "package_dependencies_not_itself_check" CHECK ("package_dependencies"."package_id" <> "package_dependencies"."depends_on_id")
);
--> statement-breakpoint
ALTER TABLE "package_dependencies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "package_shares" (
	"id" uuid PRIMARY KEY NOT NULL,
	"package_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "package_shares_package_id_user_id_unique" UNIQUE("package_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "package_shares" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "package_usage" (
	"id" uuid PRIMARY KEY NOT NULL,
	"package_id" uuid NOT NULL,
	"use_count" integer NOT NULL,
	"last_used_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "package_usage_package_id_unique" UNIQUE("package_id"),
	CONSTRAINT "package_usage_use_count_check" CHECK ("package_usage"."use_count" >= 1)
);
--> statement-breakpoint
ALTER TABLE "package_usage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "package_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"package_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"description" text NOT NULL,
	"language" text COLLATE "C" NOT NULL,
	"setup_prompt" text,
	"tags" text[] NOT NULL,
	"relevant_files_pattern" text[] NOT NULL,
	"metadata" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "package_versions_package_id_version_unique" UNIQUE("package_id","version"),
	CONSTRAINT "package_versions_version_check" CHECK ("package_versions"."version" >= 1)
);
--> statement-breakpoint
ALTER TABLE "package_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
-- Existing packages stay private. The default only fills them, without rewriting the table.
ALTER TABLE "packages" ADD COLUMN "visibility" text COLLATE "C" NOT NULL DEFAULT 'private';--> statement-breakpoint
ALTER TABLE "packages" ALTER COLUMN "visibility" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "packages" ADD COLUMN "category_id" uuid;--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "fk_categories_parent_id_categories" FOREIGN KEY ("parent_id") REFERENCES "public"."categories"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_dependencies" ADD CONSTRAINT "fk_package_dependencies_package_id_packages" FOREIGN KEY ("package_id") REFERENCES "public"."packages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_dependencies" ADD CONSTRAINT "fk_package_dependencies_depends_on_id_packages" FOREIGN KEY ("depends_on_id") REFERENCES "public"."packages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_shares" ADD CONSTRAINT "fk_package_shares_package_id_packages" FOREIGN KEY ("package_id") REFERENCES "public"."packages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_shares" ADD CONSTRAINT "fk_package_shares_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_usage" ADD CONSTRAINT "fk_package_usage_package_id_packages" FOREIGN KEY ("package_id") REFERENCES "public"."packages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "package_versions" ADD CONSTRAINT "fk_package_versions_package_id_packages" FOREIGN KEY ("package_id") REFERENCES "public"."packages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_package_dependencies_depends_on_id" ON "package_dependencies" USING btree ("depends_on_id");--> statement-breakpoint
CREATE INDEX "idx_package_shares_user_id_package_id" ON "package_shares" USING btree ("user_id","package_id");--> statement-breakpoint
CREATE INDEX "idx_package_usage_use_count_package_id" ON "package_usage" USING btree ("use_count" DESC NULLS FIRST,"package_id");--> statement-breakpoint
ALTER TABLE "packages" ADD CONSTRAINT "fk_packages_category_id_categories" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_packages_category_id_id" ON "packages" USING btree ("category_id","id") WHERE "packages"."category_id" is not null;--> statement-breakpoint
CREATE INDEX "idx_packages_updated_at_id" ON "packages" USING btree ("updated_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "packages"."visibility" = 'public';--> statement-breakpoint
ALTER TABLE "packages" ADD CONSTRAINT "packages_visibility_check" CHECK ("packages"."visibility" in ('private', 'unlisted', 'shared', 'public'));