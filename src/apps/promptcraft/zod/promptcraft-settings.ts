import { z } from 'zod/v4';
import {
  defineSettings,
  flag,
  maintenance,
  rateLimit,
  setting,
} from '../../../zod/settings/define-settings.ts';

/** The settings of the app, with their defaults. `openSettings()` reads the rows of `settings`. */
export const promptcraftSettings = /* @__PURE__ */ defineSettings({
  /** The first design's VITE_FEATURE_HISTORY, VITE_FEATURE_FEEDBACK and VITE_FEATURE_ANALYTICS. */
  history: flag({ default: { enabled: true }, public: true }),
  feedback: flag({ default: { enabled: true }, public: true }),
  analytics: flag({ default: { enabled: false }, public: true }),
  /** Where people write to who cannot sign in. */
  supportEmail: setting(z.email(), { default: 'support@example.org', public: true }),
  /** Prompts of one user. */
  prompts: rateLimit({ default: { capacity: 60, refill: 60, per: 60_000 } }),
  cleanup: maintenance({ default: { enabled: true, at: '03:30', batch: 1_000 } }),
});
