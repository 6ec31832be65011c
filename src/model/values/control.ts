/**
 * A control character (`\p{Cc}`: C0, DEL and C1), as a pattern that Postgres and
 * JavaScript interpret alike. A terminal executes some of them.
 */
export const CONTROL = '[\\u0000-\\u001f\\u007f-\\u009f]';
