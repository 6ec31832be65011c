/**
 * The defaults of the first design. The definitions leave them to the client, because Zero does
 * not know a default until the row is synced.
 */
export const sqlDefaults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  user_profiles: { is_active: 'true' },
  user_preferences: {
    selected_framework: "'roses'",
    theme: "'dark'",
    language: "'en'",
    enable_notifications: 'true',
    enable_analytics: 'true',
    enable_history: 'true',
    enable_feedback: 'true',
    max_history_days: '30',
    auto_cleanup: 'true',
  },
  api_providers: {
    is_enabled: 'true',
    max_requests_per_minute: '60',
    max_requests_per_day: '1000',
  },
  api_models: { is_enabled: 'true', sort_order: '0' },
  prompt_frameworks: { is_enabled: 'true', sort_order: '0' },
  prompt_history: { vibe_coding: 'false', status: "'pending'" },
  prompt_templates: { is_public: 'false', is_active: 'true', usage_count: '0' },
  feedback: { feedback_type: "'general'", priority: "'medium'", status: "'open'" },
  feedback_categories: { is_active: 'true', sort_order: '0' },
  feedback_tags: { color: "'#3B82F6'", is_active: 'true' },
  feedback_analytics: { total_feedback: '0', resolved_feedback: '0' },
};
