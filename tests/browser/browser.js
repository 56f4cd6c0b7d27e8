/** The browser that the tests drive, and what they all look at. */

import assert from "node:assert/strict";
import { after } from "node:test";
import process from "node:process";

import axe from "axe-core";
import { chromium } from "playwright-core";

/** Where the service answers. */
export const HOME = process.env.KHONHA_ADDRESS;
/** Where another site is. */
export const OTHER = process.env.OTHER_ADDRESS;

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** How long anything may take to be seen, in milliseconds: machines of tests are slow, and nothing waits in vain. */
const PATIENCE = 15_000;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromiumSandbox: false });
after(() => browser.close());

/**
 * Has `drive` drive a new page that nobody has used before, at `path`; it fails if the page complains of anything, such as
 * a breach of its content security policy, that does not match `but`.
 */
export async function onPage(path, drive, { but, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(`${message.text()} ${message.location().url}`));
  try {
    await page.goto(new URL(path, HOME).href);
    await drive(page);
    assert.deepEqual(complaints.filter((complaint) => !but?.test(complaint)), [], "the console is empty");
  } finally {
    await context.close();
  }
}

/** Waits until an element of `selector` is seen, with `text` in it if that is given. */
export async function see(page, selector, text) {
  await page.locator(selector).filter({ hasText: text, visible: true }).first().waitFor();
}

/** Waits until `holds`, which is called in the page with `value`, is true. */
export async function until(page, holds, value) {
  await page.waitForFunction(holds, value, { timeout: PATIENCE });
}

/** Asserts that axe finds no breach of WCAG 2.2 AA in `page`. */
export async function assertAccessible(page, state) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), STANDARDS);
  const told = violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].html} ${nodes[0].any[0]?.message ?? ""}`);
  assert.deepEqual(told, [], `accessible: ${state}`);
}
