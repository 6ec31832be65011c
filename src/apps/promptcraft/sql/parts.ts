import type { AppSqlParts } from '../../../command/app.ts';
import { catalogStatements } from '../seed/catalog-statements.ts';

/** The layout of the first design, in `supabase/`. */
export const sqlParts = (): AppSqlParts => ({
  modules: [
    { file: 'supabase/schema/01_core_functions.sql', title: 'Core functions', part: 'core' },
    {
      file: 'supabase/schema/02_user_management.sql',
      title: 'Users: profiles, preferences and sessions',
      tables: ['users', 'user_profiles', 'user_preferences', 'user_sessions'],
    },
    {
      file: 'supabase/schema/03_api_management.sql',
      title: 'Providers, API keys and their usage',
      tables: ['api_providers', 'api_models', 'api_configurations', 'api_usage_logs'],
    },
    {
      file: 'supabase/schema/04_prompt_management.sql',
      title: 'Frameworks, history and templates',
      tables: [
        'prompt_frameworks',
        'prompt_history',
        'prompt_templates',
        'prompt_template_versions',
        'prompt_template_labels',
      ],
    },
    {
      file: 'supabase/schema/05_feedback_system.sql',
      title: 'Feedback, settings and security events',
      tables: [
        'feedback',
        'feedback_categories',
        'feedback_tags',
        'feedback_tag_links',
        'feedback_analytics',
        'user_notifications',
      ],
    },
    {
      file: 'supabase/schema/06_indexes_and_performance.sql',
      title: 'Indexes and reports',
      part: 'performance',
    },
    {
      file: 'supabase/schema/07_security_and_rls.sql',
      title: 'Grants and policies',
      part: 'security',
    },
  ],
  data: {
    file: 'supabase/schema/08_initial_data.sql',
    title: 'Providers, models, frameworks, categories, tags and feature flags',
    statements: catalogStatements(),
  },
  migrations: {
    schema: 'supabase/migrations/000_initial_schema.sql',
    data: 'supabase/migrations/001_seed_data.sql',
  },
  readme: 'supabase/README.md',
});
