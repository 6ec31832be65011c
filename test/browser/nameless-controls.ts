import type { Page } from 'playwright-core';

const CONTROLS = new Set([
  'button',
  'checkbox',
  'combobox',
  'dialog',
  'form',
  'link',
  'navigation',
  'radio',
  'searchbox',
  'table',
  'textbox',
]);

/** Controls and landmarks without an accessible name, according to Chromium's accessibility tree. */
export async function namelessControls(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    return nodes.flatMap((node) => {
      const role = String(node.role?.value ?? '');
      const isNamed = String(node.name?.value ?? '').trim() !== '';
      return !node.ignored && CONTROLS.has(role) && !isNamed ? [`${role} ${node.nodeId}`] : [];
    });
  } finally {
    await session.detach();
  }
}
