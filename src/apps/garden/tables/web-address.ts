/**
 * An address that is safe to put behind a link: it cannot be `javascript:`, and
 * cannot end an attribute. Workers rewrite `git+https:` and `git@` before they store.
 */
export const webAddress = /^https?:\/\/[^\u0001-\u0020\u007f"<>]+$/;

/** Longer addresses are never meant for people. */
export const MAX_ADDRESS = 2048;
