CREATE SCHEMA "reports";
--> statement-breakpoint
CREATE TABLE "api_configurations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"provider" text COLLATE "C" NOT NULL,
	"api_key_encrypted" text NOT NULL,
	"is_active" boolean NOT NULL,
	"is_validated" boolean NOT NULL,
	"last_validated_at" timestamp (3) with time zone,
	"validation_error" text,
	"usage_count" integer NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "api_configurations_user_id_provider_unique" UNIQUE("user_id","provider"),
	CONSTRAINT "api_configurations_api_key_encrypted_check" CHECK ("api_configurations"."api_key_encrypted" ~ '^g1\.[0-9]{8}-[0-9a-f]{8}\.[A-Za-z0-9_-]+$'),
	CONSTRAINT "api_configurations_validation_error_check" CHECK (char_length("api_configurations"."validation_error") <= 2000),
	CONSTRAINT "api_configurations_usage_count_check" CHECK ("api_configurations"."usage_count" >= 0)
);
--> statement-breakpoint
ALTER TABLE "api_configurations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "api_models" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"display_name" text COLLATE "C" NOT NULL,
	"context_tokens" integer NOT NULL,
	"max_output_tokens" integer NOT NULL,
	"input_usd_per_million" numeric(12, 6) NOT NULL,
	"output_usd_per_million" numeric(12, 6) NOT NULL,
	"is_enabled" boolean NOT NULL,
	"sort_order" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "api_models_provider_name_unique" UNIQUE("provider","name"),
	CONSTRAINT "api_models_name_check" CHECK ("api_models"."name" ~ '^[A-Za-z0-9][A-Za-z0-9._:/-]*$' and char_length("api_models"."name") <= 50),
	CONSTRAINT "api_models_display_name_check" CHECK ("api_models"."display_name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("api_models"."display_name") <= 100 and "api_models"."display_name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "api_models_context_tokens_check" CHECK ("api_models"."context_tokens" >= 1),
	CONSTRAINT "api_models_max_output_tokens_check" CHECK ("api_models"."max_output_tokens" >= 1),
	CONSTRAINT "api_models_input_usd_per_million_check" CHECK ("api_models"."input_usd_per_million" >= 0),
	CONSTRAINT "api_models_output_usd_per_million_check" CHECK ("api_models"."output_usd_per_million" >= 0)
);
--> statement-breakpoint
ALTER TABLE "api_models" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "api_providers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"display_name" text COLLATE "C" NOT NULL,
	"base_url" text NOT NULL,
	"api_key_pattern" text,
	"is_enabled" boolean NOT NULL,
	"max_requests_per_minute" integer NOT NULL,
	"max_requests_per_day" integer NOT NULL,
	"supported_models" jsonb,
	"validation_rules" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "api_providers_name_unique" UNIQUE("name"),
	CONSTRAINT "api_providers_name_check" CHECK ("api_providers"."name" ~ '^[a-z][a-z0-9_-]*$' and char_length("api_providers"."name") <= 50),
	CONSTRAINT "api_providers_display_name_check" CHECK ("api_providers"."display_name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("api_providers"."display_name") <= 100 and "api_providers"."display_name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "api_providers_base_url_check" CHECK ("api_providers"."base_url" ~ '^https?:\/\/[^\u0001-\u0020"<>]+$' and char_length("api_providers"."base_url") <= 2000),
	CONSTRAINT "api_providers_api_key_pattern_check" CHECK (char_length("api_providers"."api_key_pattern") <= 500),
	CONSTRAINT "api_providers_max_requests_per_minute_check" CHECK ("api_providers"."max_requests_per_minute" >= 1),
	CONSTRAINT "api_providers_max_requests_per_day_check" CHECK ("api_providers"."max_requests_per_day" >= 1),
	CONSTRAINT "api_providers_supported_models_check" CHECK (jsonb_typeof("api_providers"."supported_models") = 'array' and octet_length("api_providers"."supported_models"::text) <= 65536 and not jsonb_path_exists("api_providers"."supported_models", '$.**{2 to last}') and not jsonb_path_exists("api_providers"."supported_models", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)')),
	CONSTRAINT "api_providers_validation_rules_check" CHECK (jsonb_typeof("api_providers"."validation_rules") = 'object' and octet_length("api_providers"."validation_rules"::text) <= 16384 and not jsonb_path_exists("api_providers"."validation_rules", '$.**{9 to last}') and not jsonb_path_exists("api_providers"."validation_rules", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)'))
);
--> statement-breakpoint
ALTER TABLE "api_providers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "api_usage_logs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"provider" text COLLATE "C" NOT NULL,
	"endpoint" text,
	"request_size" integer,
	"response_size" integer,
	"response_time_ms" integer,
	"status_code" integer,
	"error_message" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "api_usage_logs_endpoint_check" CHECK (char_length("api_usage_logs"."endpoint") <= 500),
	CONSTRAINT "api_usage_logs_request_size_check" CHECK ("api_usage_logs"."request_size" >= 0),
	CONSTRAINT "api_usage_logs_response_size_check" CHECK ("api_usage_logs"."response_size" >= 0),
	CONSTRAINT "api_usage_logs_response_time_ms_check" CHECK ("api_usage_logs"."response_time_ms" >= 0),
	CONSTRAINT "api_usage_logs_status_code_check" CHECK ("api_usage_logs"."status_code" between 100 and 599),
	CONSTRAINT "api_usage_logs_error_message_check" CHECK (char_length("api_usage_logs"."error_message") <= 10000)
);
--> statement-breakpoint
ALTER TABLE "api_usage_logs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "feedback" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"category_id" uuid,
	"message" text NOT NULL,
	"feedback_type" text COLLATE "C" NOT NULL,
	"priority" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"contact_email" text,
	"contact_name" text,
	"user_agent" text,
	"browser_info" jsonb,
	"device_info" jsonb,
	"admin_response" text,
	"admin_user_id" uuid,
	"responded_at" timestamp (3) with time zone,
	"rating" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_message_check" CHECK ("feedback"."message" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("feedback"."message") <= 20000),
	CONSTRAINT "feedback_feedback_type_check" CHECK ("feedback"."feedback_type" in ('bug', 'feature', 'general', 'support')),
	CONSTRAINT "feedback_priority_check" CHECK ("feedback"."priority" in ('low', 'medium', 'high', 'urgent')),
	CONSTRAINT "feedback_status_check" CHECK ("feedback"."status" in ('open', 'in_progress', 'resolved', 'closed')),
	CONSTRAINT "feedback_contact_email_check" CHECK ("feedback"."contact_email" ~ '^[^\u0001-\u0020@]+@[^\u0001-\u0020@]+$' and char_length("feedback"."contact_email") <= 255),
	CONSTRAINT "feedback_contact_name_check" CHECK ("feedback"."contact_name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("feedback"."contact_name") <= 100 and "feedback"."contact_name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "feedback_user_agent_check" CHECK (char_length("feedback"."user_agent") <= 1000),
	CONSTRAINT "feedback_browser_info_check" CHECK (jsonb_typeof("feedback"."browser_info") = 'object' and octet_length("feedback"."browser_info"::text) <= 16384 and not jsonb_path_exists("feedback"."browser_info", '$.**{5 to last}') and not jsonb_path_exists("feedback"."browser_info", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)')),
	CONSTRAINT "feedback_device_info_check" CHECK (jsonb_typeof("feedback"."device_info") = 'object' and octet_length("feedback"."device_info"::text) <= 16384 and not jsonb_path_exists("feedback"."device_info", '$.**{5 to last}') and not jsonb_path_exists("feedback"."device_info", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)')),
	CONSTRAINT "feedback_admin_response_check" CHECK ("feedback"."admin_response" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("feedback"."admin_response") <= 20000),
	CONSTRAINT "feedback_rating_check" CHECK ("feedback"."rating" between 1 and 5)
);
--> statement-breakpoint
ALTER TABLE "feedback" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "feedback_analytics" (
	"id" uuid PRIMARY KEY NOT NULL,
	"date" date NOT NULL,
	"total_feedback" integer NOT NULL,
	"resolved_feedback" integer NOT NULL,
	"avg_response_time_hours" numeric(9, 2),
	"avg_rating" numeric(3, 2),
	"feedback_by_type" jsonb,
	"feedback_by_priority" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_analytics_date_unique" UNIQUE("date"),
	CONSTRAINT "feedback_analytics_total_feedback_check" CHECK ("feedback_analytics"."total_feedback" >= 0),
	CONSTRAINT "feedback_analytics_resolved_feedback_check" CHECK ("feedback_analytics"."resolved_feedback" >= 0),
	CONSTRAINT "feedback_analytics_avg_response_time_hours_check" CHECK ("feedback_analytics"."avg_response_time_hours" >= 0),
	CONSTRAINT "feedback_analytics_avg_rating_check" CHECK ("feedback_analytics"."avg_rating" between 1 and 5),
	CONSTRAINT "feedback_analytics_feedback_by_type_check" CHECK (jsonb_typeof("feedback_analytics"."feedback_by_type") = 'object' and octet_length("feedback_analytics"."feedback_by_type"::text) <= 4096 and not jsonb_path_exists("feedback_analytics"."feedback_by_type", '$.**{2 to last}') and not jsonb_path_exists("feedback_analytics"."feedback_by_type", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)')),
	CONSTRAINT "feedback_analytics_feedback_by_priority_check" CHECK (jsonb_typeof("feedback_analytics"."feedback_by_priority") = 'object' and octet_length("feedback_analytics"."feedback_by_priority"::text) <= 4096 and not jsonb_path_exists("feedback_analytics"."feedback_by_priority", '$.**{2 to last}') and not jsonb_path_exists("feedback_analytics"."feedback_by_priority", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)'))
);
--> statement-breakpoint
ALTER TABLE "feedback_analytics" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "feedback_categories" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"description" text,
	"parent_id" uuid,
	"is_active" boolean NOT NULL,
	"sort_order" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_categories_name_unique" UNIQUE("name"),
	CONSTRAINT "feedback_categories_name_check" CHECK ("feedback_categories"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("feedback_categories"."name") <= 100 and "feedback_categories"."name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "feedback_categories_description_check" CHECK (char_length("feedback_categories"."description") <= 2000)
);
--> statement-breakpoint
ALTER TABLE "feedback_categories" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "feedback_tag_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"feedback_id" uuid NOT NULL,
	"tag_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_tag_links_feedback_id_tag_id_unique" UNIQUE("feedback_id","tag_id")
);
--> statement-breakpoint
ALTER TABLE "feedback_tag_links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "feedback_tags" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"description" text,
	"color" text COLLATE "C" NOT NULL,
	"is_active" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_tags_name_unique" UNIQUE("name"),
	CONSTRAINT "feedback_tags_name_check" CHECK ("feedback_tags"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("feedback_tags"."name") <= 50 and "feedback_tags"."name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "feedback_tags_description_check" CHECK (char_length("feedback_tags"."description") <= 2000),
	CONSTRAINT "feedback_tags_color_check" CHECK ("feedback_tags"."color" ~ '^#[0-9A-Fa-f]{6}$' and char_length("feedback_tags"."color") <= 7)
);
--> statement-breakpoint
ALTER TABLE "feedback_tags" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "principal_activity" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"day" date NOT NULL,
	"reads" integer NOT NULL,
	"denials" integer NOT NULL,
	CONSTRAINT "principal_activity_user_id_day_unique" UNIQUE("user_id","day"),
	CONSTRAINT "principal_activity_reads_check" CHECK ("principal_activity"."reads" >= 0),
	CONSTRAINT "principal_activity_denials_check" CHECK ("principal_activity"."denials" >= 0)
);
--> statement-breakpoint
ALTER TABLE "principal_activity" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "prompt_frameworks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"display_name" text COLLATE "C" NOT NULL,
	"description" text NOT NULL,
	"components" jsonb NOT NULL,
	"template" text NOT NULL,
	"examples" jsonb,
	"is_enabled" boolean NOT NULL,
	"sort_order" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prompt_frameworks_name_unique" UNIQUE("name"),
	CONSTRAINT "prompt_frameworks_name_check" CHECK ("prompt_frameworks"."name" ~ '^[a-z][a-z0-9_-]*$' and char_length("prompt_frameworks"."name") <= 50),
	CONSTRAINT "prompt_frameworks_display_name_check" CHECK ("prompt_frameworks"."display_name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("prompt_frameworks"."display_name") <= 100 and "prompt_frameworks"."display_name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "prompt_frameworks_description_check" CHECK ("prompt_frameworks"."description" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("prompt_frameworks"."description") <= 2000),
	CONSTRAINT "prompt_frameworks_components_check" CHECK (jsonb_typeof("prompt_frameworks"."components") = 'array' and octet_length("prompt_frameworks"."components"::text) <= 65536 and not jsonb_path_exists("prompt_frameworks"."components", '$.**{5 to last}') and not jsonb_path_exists("prompt_frameworks"."components", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)')),
	CONSTRAINT "prompt_frameworks_template_check" CHECK ("prompt_frameworks"."template" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("prompt_frameworks"."template") <= 20000),
	CONSTRAINT "prompt_frameworks_examples_check" CHECK (jsonb_typeof("prompt_frameworks"."examples") = 'array' and octet_length("prompt_frameworks"."examples"::text) <= 131072 and not jsonb_path_exists("prompt_frameworks"."examples", '$.**{7 to last}') and not jsonb_path_exists("prompt_frameworks"."examples", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)'))
);
--> statement-breakpoint
ALTER TABLE "prompt_frameworks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "prompt_history" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"framework_id" text COLLATE "C" NOT NULL,
	"framework_name" text COLLATE "C" NOT NULL,
	"model" text COLLATE "C" NOT NULL,
	"provider" text COLLATE "C" NOT NULL,
	"user_input" text NOT NULL,
	"ai_response" text,
	"tone" text COLLATE "C",
	"length" text COLLATE "C",
	"temperature" numeric(3, 2),
	"max_tokens" integer,
	"vibe_coding" boolean NOT NULL,
	"processing_time_ms" integer,
	"tokens_used" integer,
	"cost_usd" numeric(10, 6),
	"status" text COLLATE "C" NOT NULL,
	"error_message" text,
	"error_code" text COLLATE "C",
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prompt_history_framework_name_check" CHECK ("prompt_history"."framework_name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("prompt_history"."framework_name") <= 100 and "prompt_history"."framework_name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "prompt_history_user_input_check" CHECK ("prompt_history"."user_input" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("prompt_history"."user_input") <= 200000),
	CONSTRAINT "prompt_history_ai_response_check" CHECK (char_length("prompt_history"."ai_response") <= 400000),
	CONSTRAINT "prompt_history_tone_check" CHECK ("prompt_history"."tone" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("prompt_history"."tone") <= 50 and "prompt_history"."tone" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "prompt_history_length_check" CHECK ("prompt_history"."length" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("prompt_history"."length") <= 50 and "prompt_history"."length" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "prompt_history_temperature_check" CHECK ("prompt_history"."temperature" between 0 and 2),
	CONSTRAINT "prompt_history_max_tokens_check" CHECK ("prompt_history"."max_tokens" >= 1),
	CONSTRAINT "prompt_history_processing_time_ms_check" CHECK ("prompt_history"."processing_time_ms" >= 0),
	CONSTRAINT "prompt_history_tokens_used_check" CHECK ("prompt_history"."tokens_used" >= 0),
	CONSTRAINT "prompt_history_cost_usd_check" CHECK ("prompt_history"."cost_usd" >= 0),
	CONSTRAINT "prompt_history_status_check" CHECK ("prompt_history"."status" in ('pending', 'completed', 'failed')),
	CONSTRAINT "prompt_history_error_message_check" CHECK (char_length("prompt_history"."error_message") <= 10000),
	CONSTRAINT "prompt_history_error_code_check" CHECK ("prompt_history"."error_code" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("prompt_history"."error_code") <= 50 and "prompt_history"."error_code" !~ '[\u0000-\u001f\u007f-\u009f]')
);
--> statement-breakpoint
ALTER TABLE "prompt_history" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "prompt_template_labels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"template_id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"version_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prompt_template_labels_template_id_name_unique" UNIQUE("template_id","name"),
	CONSTRAINT "prompt_template_labels_name_check" CHECK ("prompt_template_labels"."name" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length("prompt_template_labels"."name") <= 50)
);
--> statement-breakpoint
ALTER TABLE "prompt_template_labels" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "prompt_template_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"template_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"template_content" text NOT NULL,
	"variables" jsonb,
	"commit_message" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prompt_template_versions_template_id_version_unique" UNIQUE("template_id","version"),
	CONSTRAINT "prompt_template_versions_template_id_id_unique" UNIQUE("template_id","id"),
	CONSTRAINT "prompt_template_versions_version_check" CHECK ("prompt_template_versions"."version" >= 1)
);
--> statement-breakpoint
ALTER TABLE "prompt_template_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "prompt_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"name" text COLLATE "C" NOT NULL,
	"description" text,
	"framework_id" text COLLATE "C" NOT NULL,
	"template_content" text NOT NULL,
	"variables" jsonb,
	"commit_message" text,
	"is_public" boolean NOT NULL,
	"is_active" boolean NOT NULL,
	"usage_count" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prompt_templates_name_check" CHECK ("prompt_templates"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("prompt_templates"."name") <= 100 and "prompt_templates"."name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "prompt_templates_description_check" CHECK (char_length("prompt_templates"."description") <= 2000),
	CONSTRAINT "prompt_templates_template_content_check" CHECK ("prompt_templates"."template_content" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("prompt_templates"."template_content") <= 100000),
	CONSTRAINT "prompt_templates_variables_check" CHECK (jsonb_typeof("prompt_templates"."variables") = 'array' and octet_length("prompt_templates"."variables"::text) <= 65536 and not jsonb_path_exists("prompt_templates"."variables", '$.**{5 to last}') and not jsonb_path_exists("prompt_templates"."variables", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)')),
	CONSTRAINT "prompt_templates_commit_message_check" CHECK (char_length("prompt_templates"."commit_message") <= 500),
	CONSTRAINT "prompt_templates_usage_count_check" CHECK ("prompt_templates"."usage_count" >= 0)
);
--> statement-breakpoint
ALTER TABLE "prompt_templates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"full_at" bigint NOT NULL,
	CONSTRAINT "rate_limits_key_unique" UNIQUE("key"),
	CONSTRAINT "rate_limits_key_check" CHECK (char_length("rate_limits"."key") <= 300)
);
--> statement-breakpoint
ALTER TABLE "rate_limits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "security_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"user_id" uuid,
	"action" text,
	"details" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "security_events_kind_check" CHECK ("security_events"."kind" in ('sign_in_failed', 'access_denied', 'unusual_reads', 'unusual_denials')),
	CONSTRAINT "security_events_action_check" CHECK (char_length("security_events"."action") <= 200),
	CONSTRAINT "security_events_details_check" CHECK (jsonb_typeof("security_events"."details") = 'object' and octet_length("security_events"."details"::text) <= 8192 and not jsonb_path_exists("security_events"."details", '$.**{5 to last}') and not jsonb_path_exists("security_events"."details", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)'))
);
--> statement-breakpoint
ALTER TABLE "security_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "setting_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"is_public" boolean NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "setting_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "settings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"value" jsonb NOT NULL,
	"is_public" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "settings_key_unique" UNIQUE("key"),
	CONSTRAINT "settings_key_check" CHECK ("settings"."key" ~ '^[a-z][a-zA-Z0-9_.]*$' and char_length("settings"."key") <= 100),
	CONSTRAINT "settings_value_check" CHECK (octet_length("settings"."value"::text) <= 65536 and not jsonb_path_exists("settings"."value", '$.**{17 to last}') and not jsonb_path_exists("settings"."value", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)'))
);
--> statement-breakpoint
ALTER TABLE "settings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "user_notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"feedback_id" uuid NOT NULL,
	"message" text NOT NULL,
	"read_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "user_notifications_kind_check" CHECK ("user_notifications"."kind" in ('feedback_answered')),
	CONSTRAINT "user_notifications_message_check" CHECK ("user_notifications"."message" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("user_notifications"."message") <= 20000)
);
--> statement-breakpoint
ALTER TABLE "user_notifications" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "user_preferences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"selected_model" text COLLATE "C" NOT NULL,
	"selected_framework" text COLLATE "C" NOT NULL,
	"theme" text COLLATE "C" NOT NULL,
	"language" text COLLATE "C" NOT NULL,
	"enable_notifications" boolean NOT NULL,
	"enable_analytics" boolean NOT NULL,
	"enable_history" boolean NOT NULL,
	"enable_feedback" boolean NOT NULL,
	"max_history_days" integer NOT NULL,
	"auto_cleanup" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "user_preferences_user_id_unique" UNIQUE("user_id"),
	CONSTRAINT "user_preferences_theme_check" CHECK ("user_preferences"."theme" in ('light', 'dark', 'system')),
	CONSTRAINT "user_preferences_language_check" CHECK ("user_preferences"."language" ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' and char_length("user_preferences"."language") <= 10),
	CONSTRAINT "user_preferences_max_history_days_check" CHECK ("user_preferences"."max_history_days" between 1 and 3650)
);
--> statement-breakpoint
ALTER TABLE "user_preferences" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "user_profiles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"display_name" text COLLATE "C",
	"avatar_url" text,
	"bio" text,
	"preferences" jsonb,
	"is_active" boolean NOT NULL,
	"last_login_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "user_profiles_user_id_unique" UNIQUE("user_id"),
	CONSTRAINT "user_profiles_display_name_check" CHECK ("user_profiles"."display_name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("user_profiles"."display_name") <= 100 and "user_profiles"."display_name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "user_profiles_avatar_url_check" CHECK ("user_profiles"."avatar_url" ~ '^https:\/\/[^\u0001-\u0020"<>]+$' and char_length("user_profiles"."avatar_url") <= 2000),
	CONSTRAINT "user_profiles_bio_check" CHECK (char_length("user_profiles"."bio") <= 2000),
	CONSTRAINT "user_profiles_preferences_check" CHECK (jsonb_typeof("user_profiles"."preferences") = 'object' and octet_length("user_profiles"."preferences"::text) <= 16384 and not jsonb_path_exists("user_profiles"."preferences", '$.**{9 to last}') and not jsonb_path_exists("user_profiles"."preferences", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)'))
);
--> statement-breakpoint
ALTER TABLE "user_profiles" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "user_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"token_prefix" text NOT NULL,
	"token_expires_at" timestamp (3) with time zone,
	"token_used_at" timestamp (3) with time zone,
	"previous_token_hash" text,
	"previous_token_until" timestamp (3) with time zone,
	"user_agent" text,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "user_sessions_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "user_sessions_previous_token_hash_unique" UNIQUE("previous_token_hash"),
	CONSTRAINT "user_sessions_token_hash_check" CHECK ("user_sessions"."token_hash" ~ '^[A-Za-z0-9_-]{43}$'),
	CONSTRAINT "user_sessions_previous_token_hash_check" CHECK ("user_sessions"."previous_token_hash" ~ '^[A-Za-z0-9_-]{43}$'),
	CONSTRAINT "user_sessions_user_agent_check" CHECK (char_length("user_sessions"."user_agent") <= 1000)
);
--> statement-breakpoint
ALTER TABLE "user_sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_name_check" CHECK ("users"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("users"."name") <= 100 and "users"."name" !~ '[\u0000-\u001f\u007f-\u009f]')
);
--> statement-breakpoint
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "api_configurations" ADD CONSTRAINT "fk_api_configurations_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_configurations" ADD CONSTRAINT "fk_api_configurations_provider_api_providers" FOREIGN KEY ("provider") REFERENCES "public"."api_providers"("name") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_models" ADD CONSTRAINT "fk_api_models_provider_api_providers" FOREIGN KEY ("provider") REFERENCES "public"."api_providers"("name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_usage_logs" ADD CONSTRAINT "fk_api_usage_logs_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_usage_logs" ADD CONSTRAINT "fk_api_usage_logs_provider_api_providers" FOREIGN KEY ("provider") REFERENCES "public"."api_providers"("name") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "fk_feedback_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "fk_feedback_admin_user_id_users" FOREIGN KEY ("admin_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "fk_feedback_category_id_feedback_categories" FOREIGN KEY ("category_id") REFERENCES "public"."feedback_categories"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_categories" ADD CONSTRAINT "fk_feedback_categories_parent_id_feedback_categories" FOREIGN KEY ("parent_id") REFERENCES "public"."feedback_categories"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_tag_links" ADD CONSTRAINT "fk_feedback_tag_links_feedback_id_feedback" FOREIGN KEY ("feedback_id") REFERENCES "public"."feedback"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_tag_links" ADD CONSTRAINT "fk_feedback_tag_links_tag_id_feedback_tags" FOREIGN KEY ("tag_id") REFERENCES "public"."feedback_tags"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "principal_activity" ADD CONSTRAINT "fk_principal_activity_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_history" ADD CONSTRAINT "fk_prompt_history_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_history" ADD CONSTRAINT "fk_prompt_history_framework_id_prompt_frameworks" FOREIGN KEY ("framework_id") REFERENCES "public"."prompt_frameworks"("name") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_history" ADD CONSTRAINT "fk_prompt_history_provider_model_api_models" FOREIGN KEY ("provider","model") REFERENCES "public"."api_models"("provider","name") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_template_labels" ADD CONSTRAINT "fk_prompt_template_labels_template_id_version_id_versions" FOREIGN KEY ("template_id","version_id") REFERENCES "public"."prompt_template_versions"("template_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_template_versions" ADD CONSTRAINT "fk_prompt_template_versions_template_id_prompt_templates" FOREIGN KEY ("template_id") REFERENCES "public"."prompt_templates"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_templates" ADD CONSTRAINT "fk_prompt_templates_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_templates" ADD CONSTRAINT "fk_prompt_templates_framework_id_prompt_frameworks" FOREIGN KEY ("framework_id") REFERENCES "public"."prompt_frameworks"("name") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_notifications" ADD CONSTRAINT "fk_user_notifications_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_notifications" ADD CONSTRAINT "fk_user_notifications_feedback_id_feedback" FOREIGN KEY ("feedback_id") REFERENCES "public"."feedback"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_preferences" ADD CONSTRAINT "fk_user_preferences_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_preferences" ADD CONSTRAINT "fk_user_preferences_selected_model_api_providers" FOREIGN KEY ("selected_model") REFERENCES "public"."api_providers"("name") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_preferences" ADD CONSTRAINT "fk_user_preferences_selected_framework_prompt_frameworks" FOREIGN KEY ("selected_framework") REFERENCES "public"."prompt_frameworks"("name") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_profiles" ADD CONSTRAINT "fk_user_profiles_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_sessions" ADD CONSTRAINT "fk_user_sessions_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_api_configurations_provider" ON "api_configurations" USING btree ("provider");--> statement-breakpoint
CREATE INDEX "idx_api_usage_logs_user_id_created_at_id" ON "api_usage_logs" USING btree ("user_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_api_usage_logs_provider_created_at_id" ON "api_usage_logs" USING btree ("provider","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_api_usage_logs_created_at_id" ON "api_usage_logs" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "idx_feedback_user_id_created_at_id" ON "feedback" USING btree ("user_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_feedback_status_created_at_id" ON "feedback" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "idx_feedback_category_id_created_at_id" ON "feedback" USING btree ("category_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_feedback_admin_user_id_responded_at_id" ON "feedback" USING btree ("admin_user_id","responded_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_feedback_created_at_id" ON "feedback" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "idx_feedback_categories_parent_id_sort_order_id" ON "feedback_categories" USING btree ("parent_id","sort_order","id");--> statement-breakpoint
CREATE INDEX "idx_feedback_tag_links_tag_id_feedback_id" ON "feedback_tag_links" USING btree ("tag_id","feedback_id");--> statement-breakpoint
CREATE INDEX "idx_principal_activity_day_id" ON "principal_activity" USING btree ("day","id");--> statement-breakpoint
CREATE INDEX "idx_prompt_history_user_id_created_at_id" ON "prompt_history" USING btree ("user_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_prompt_history_user_id_framework_id_created_at_id" ON "prompt_history" USING btree ("user_id","framework_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_prompt_history_user_id_status_created_at_id" ON "prompt_history" USING btree ("user_id","status","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_prompt_history_framework_id_created_at" ON "prompt_history" USING btree ("framework_id","created_at");--> statement-breakpoint
CREATE INDEX "idx_prompt_history_provider_model_created_at" ON "prompt_history" USING btree ("provider","model","created_at");--> statement-breakpoint
CREATE INDEX "idx_prompt_template_labels_template_id_version_id" ON "prompt_template_labels" USING btree ("template_id","version_id");--> statement-breakpoint
CREATE INDEX "idx_prompt_templates_user_id_name_id" ON "prompt_templates" USING btree ("user_id","name","id") WHERE "prompt_templates"."user_id" is not null;--> statement-breakpoint
CREATE INDEX "idx_prompt_templates_framework_id_usage_count_id" ON "prompt_templates" USING btree ("framework_id","usage_count" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_prompt_templates_usage_count_id" ON "prompt_templates" USING btree ("usage_count" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "prompt_templates"."is_public" and "prompt_templates"."is_active";--> statement-breakpoint
CREATE INDEX "idx_security_events_created_at_id" ON "security_events" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_security_events_user_id_created_at_id" ON "security_events" USING btree ("user_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_setting_changes_key_changed_at" ON "setting_changes" USING btree ("key","changed_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_user_notifications_user_id_created_at_id" ON "user_notifications" USING btree ("user_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_user_notifications_feedback_id" ON "user_notifications" USING btree ("feedback_id");--> statement-breakpoint
CREATE INDEX "idx_user_preferences_selected_model" ON "user_preferences" USING btree ("selected_model");--> statement-breakpoint
CREATE INDEX "idx_user_preferences_selected_framework" ON "user_preferences" USING btree ("selected_framework");--> statement-breakpoint
CREATE INDEX "idx_user_sessions_user_id_last_seen_at_id" ON "user_sessions" USING btree ("user_id","last_seen_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE MATERIALIZED VIEW "reports"."api_usage" AS (select (one.created_at at time zone 'UTC')::date as day, one.provider, count(*) as requests,
  count(*) filter (where one.status_code between 200 and 399) as succeeded,
  coalesce(sum(one.request_size), 0) as request_bytes,
  coalesce(sum(one.response_size), 0) as response_bytes,
  percentile_disc(0.50) within group (order by one.response_time_ms) as p50_ms, percentile_disc(0.95) within group (order by one.response_time_ms) as p95_ms, percentile_disc(0.99) within group (order by one.response_time_ms) as p99_ms
from public.api_usage_logs one where not exists (select from public.user_preferences p where p.user_id = one.user_id and not p.enable_analytics) group by 1, 2);--> statement-breakpoint
CREATE MATERIALIZED VIEW "reports"."feedback_response" AS (select (one.created_at at time zone 'UTC')::date as day, one.feedback_type, count(*) as total,
  count(one.responded_at) as answered, count(one.rating) as rated,
  round(percentile_disc(0.5) within group (order by one.hours), 2) as p50_hours,
  round(percentile_disc(0.95) within group (order by one.hours), 2) as p95_hours,
  coalesce(sum(one.rating), 0) as rating_sum
from (
  select f.*, extract(epoch from f.responded_at - f.created_at) / 3600 as hours from public.feedback f
) one group by 1, 2);--> statement-breakpoint
CREATE MATERIALIZED VIEW "reports"."prompt_usage" AS (select (one.created_at at time zone 'UTC')::date as day, one.provider, one.model, one.framework_id, count(*) as prompts,
  count(*) filter (where one.status = 'completed') as completed,
  count(*) filter (where one.status = 'failed') as failed,
  coalesce(sum(one.tokens_used), 0) as tokens, coalesce(sum(one.cost_usd), 0) as cost_usd,
  percentile_disc(0.50) within group (order by one.processing_time_ms) as p50_ms, percentile_disc(0.95) within group (order by one.processing_time_ms) as p95_ms, percentile_disc(0.99) within group (order by one.processing_time_ms) as p99_ms
from public.prompt_history one where not exists (select from public.user_preferences p where p.user_id = one.user_id and not p.enable_analytics) group by 1, 2, 3, 4);--> statement-breakpoint
CREATE MATERIALIZED VIEW "reports"."user_activity" AS (select (one.created_at at time zone 'UTC')::date as day, one.user_id,
  count(*) filter (where one.kind = 'prompt') as prompts,
  count(*) filter (where one.kind = 'request') as requests,
  count(*) filter (where one.kind = 'feedback') as feedback,
  count(*) filter (where one.kind = 'session') as sessions
from (
  select user_id, created_at, 'prompt' as kind from public.prompt_history
  union all select user_id, created_at, 'request' from public.api_usage_logs
  union all select user_id, created_at, 'feedback' from public.feedback where user_id is not null
  union all select user_id, created_at, 'session' from public.user_sessions
) one where not exists (select from public.user_preferences p where p.user_id = one.user_id and not p.enable_analytics) group by 1, 2);