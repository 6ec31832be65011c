import assert from 'node:assert/strict';
import { poll } from '../poll.ts';
import type { Scenario } from '../scenario.ts';

export const principalScenarios: readonly Scenario[] = [
  {
    // Zero reports this for a write whose response was still pending.
    expects: /Zero was explicitly closed/,
    name: 'after a switch of the principal, no data of the previous one is visible',
    async run({ visit, garden: { sql } }) {
      const { page, go, signIn, signOut, sees } = await visit();
      await go('/requests');
      await signIn('user', 'Ida');
      await page.getByRole('textbox', { name: 'Package' }).fill('the-secret-of-ida');
      await page.getByRole('button', { name: 'Request it' }).click();
      await sees(page.getByRole('button', { name: 'Cancel the-secret-of-ida' }));
      await poll(
        () => sql`select id from package_requests where package_name = 'the-secret-of-ida'`,
      );
      const shown = (): Promise<string> => page.locator('body').innerText();
      await signOut();
      await sees(page.getByText('Sign in to see your requests.'));
      assert.doesNotMatch(await shown(), /secret|Ida/);
      await signIn('user', 'Jan');
      await sees(page.getByText('You have no requests yet.'));
      assert.doesNotMatch(await shown(), /secret|Ida/);
      await signOut();
      // An admin sees it, and later users do not.
      await signIn('admin', 'Kim');
      await page.getByRole('link', { name: 'Admin' }).click();
      await sees(page.getByText('the-secret-of-ida'));
      await signOut();
      await sees(page.getByText('This is for admins.'));
      assert.doesNotMatch(await shown(), /secret/);
      await page.goBack();
      assert.doesNotMatch(await shown(), /secret/);
      await signIn('user', 'Ida');
      await sees(page.getByRole('button', { name: 'Cancel the-secret-of-ida' }));
    },
  },
  {
    name: 'a reload keeps the session; a refused token is renewed automatically',
    expects: /Unauthorized|needs-auth|401|auth/i,
    async run({ visit }) {
      const { page, go, signIn, sees } = await visit();
      await go('/');
      await signIn('user', 'Lea');
      await page.evaluate(() => {
        const key = 'techgarden.session';
        const session = JSON.parse(localStorage.getItem(key) ?? '{}');
        session.token = `${session.token.slice(0, -8)}AAAAAAAA`;
        localStorage.setItem(key, JSON.stringify(session));
      });
      const renewed = page.waitForRequest('**/api/sign-in');
      await page.reload();
      await renewed;
      await sees(page.getByText('Lea'));
      await page.getByRole('link', { name: 'My requests' }).click();
      await sees(page.getByText('You have no requests yet.'));
    },
  },
];
