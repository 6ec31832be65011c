import assert from 'node:assert/strict';
import type { Scenario } from '../scenario.ts';

export const devSignInScenarios: readonly Scenario[] = [
  {
    // The claims that are refused.
    expects: /400 \(Bad Request\)/,
    name: 'the sign-in page of garden dev returns with the token of any claims',
    async run({ visit, garden: { url } }) {
      const { page, sees } = await visit();
      await page.goto(`/_garden/sign-in?return=${encodeURIComponent(`${url}/tags`)}`);
      await sees(page.getByRole('heading', { name: 'Sign in to The garden' }));
      const editor = page.getByRole('textbox', { name: 'Claims of the token' });
      await editor.fill('{ "sub": 1 }');
      await page.getByRole('button', { name: 'Sign in with these claims' }).click();
      await sees(page.getByText('the claim sub must be a string.'));
      await editor.fill('{ "sub": "ada", "team": 7 }');
      await page.getByRole('button', { name: 'Sign in with these claims' }).click();
      await page.waitForURL(/token=/);
      const { origin, pathname, hash } = new URL(page.url());
      const answer = new URLSearchParams(hash.slice(1));
      assert.equal(`${origin}${pathname}`, `${url}/tags`);
      assert.equal(answer.get('claims'), '{"sub":"ada","team":7}');
      assert.equal(answer.get('token')?.split('.').length, 3);
    },
  },
];
