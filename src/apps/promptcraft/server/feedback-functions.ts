import type { AnyDatabase } from '../../../postgres/any-database.ts';
import type { Feedback, FeedbackType } from '../tables/feedback.ts';
import { callFunction } from './call-function.ts';

/** Feedback as its author writes it. */
export interface SubmittedFeedback extends Partial<
  Pick<
    Feedback,
    'categoryId' | 'contactEmail' | 'contactName' | 'userAgent' | 'browserInfo' | 'deviceInfo'
  >
> {
  readonly message: string;
  /** Default: `general`. */
  readonly feedbackType?: FeedbackType;
  /** Leaves out who it is from, although they are signed in. */
  readonly anonymous?: boolean;
}

/**
 * Sends feedback, also of a principal who is not signed in. Returns its id. Run it as the
 * principal.
 */
export const submitFeedback = (
  db: AnyDatabase,
  {
    message,
    feedbackType,
    anonymous,
    categoryId,
    contactEmail,
    contactName,
    userAgent,
    browserInfo,
    deviceInfo,
  }: SubmittedFeedback,
): Promise<string> =>
  callFunction(db, 'submit_feedback', [
    { name: 'message', type: 'text', value: message },
    { name: 'feedback_type', type: 'text', value: feedbackType },
    { name: 'contact_email', type: 'text', value: contactEmail },
    { name: 'contact_name', type: 'text', value: contactName },
    { name: 'user_agent', type: 'text', value: userAgent },
    { name: 'browser_info', type: 'jsonb', value: browserInfo },
    { name: 'device_info', type: 'jsonb', value: deviceInfo },
    { name: 'category', type: 'uuid', value: categoryId },
    { name: 'anonymous', type: 'boolean', value: anonymous },
  ]);

/**
 * Rates the answer to the principal's feedback, from 1 to 5. Returns false if there is no such
 * feedback, or no answer yet.
 */
export const rateFeedback = (
  db: AnyDatabase,
  feedbackId: string,
  stars: number,
): Promise<boolean> =>
  callFunction(db, 'rate_feedback', [
    { name: 'rated', type: 'uuid', value: feedbackId },
    { name: 'stars', type: 'integer', value: stars },
  ]);

/** Activates or deactivates a user's profile as an administrator. Returns false if it is missing. */
export const setUserActive = (db: AnyDatabase, userId: string, active: boolean): Promise<boolean> =>
  callFunction(db, 'set_user_active', [
    { name: 'person', type: 'uuid', value: userId },
    { name: 'active', type: 'boolean', value: active },
  ]);
