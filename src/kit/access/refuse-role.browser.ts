/** The build of the schema runs these checks, so browsers skip them (see refuse-unsound.browser.ts). */
export function refuseRoleName(): void {}

export function refuseRoleRule(): void {}
