/** `<khonha-search>` on the pages of another site. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, HOME, onPage, OTHER, until } from "./browser.js";

const SCRIPT = `<script src="${HOME}/assets/khonha-search.js" defer></script>`;
const hits = (page) => page.locator("khonha-search a[part=title]");

/** The address of a page of the other site with `body` in it. */
function foreign(body, head = SCRIPT) {
  const html = `<!doctype html><html lang="th"><head><title>เว็บอื่น</title>${head}</head><body><main><h1>เว็บอื่น</h1>${body}</main></body></html>`;
  return `${OTHER}/?${new URLSearchParams({ html })}`;
}

const BUT_ICONS = { but: /favicon/ };

test("one line searches the service from another site, with marks and links to the articles", async () => {
  await onPage(
    foreign("<khonha-search></khonha-search>"),
    async (page) => {
      await page.locator("khonha-search input").pressSequentially("ธรรมาภิบาล");
      await page.locator("khonha-search mark").first().and(page.getByText("ธรรมาภิบาล", { exact: true })).waitFor();
      assert.equal(await hits(page).first().getAttribute("href"), `${HOME}/articles/glossary/good-governance`);
      assert.match(await page.locator("khonha-search [role=status]").innerText(), /พบ \d+ บทความ/);
      await assertAccessible(page, "the element with hits");
    },
    BUT_ICONS,
  );
});

test("the keyboard goes from the box through the hits and back", async () => {
  await onPage(
    foreign("<khonha-search></khonha-search>"),
    async (page) => {
      const focused = () => page.evaluate(() => document.querySelector("khonha-search").shadowRoot.activeElement.localName);
      await page.locator("khonha-search input").pressSequentially("open");
      await hits(page).first().waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(), "a");
      await page.keyboard.press("Escape");
      assert.equal(await focused(), "input");
    },
    BUT_ICONS,
  );
});

test("attributes choose language, filters and number, and may change", async () => {
  const element = '<khonha-search lang="en" filters="topic=procurement&amp;year=2567" limit="2" placeholder="Procurement"></khonha-search>';
  await onPage(
    foreign(element),
    async (page) => {
      assert.equal(await page.locator("khonha-search input").getAttribute("placeholder"), "Procurement");
      const [answer] = await Promise.all([
        page.waitForResponse(/topic=procurement&year=2567.*limit=2/),
        page.locator("khonha-search input").pressSequentially("b"),
      ]);
      const { total } = await answer.json();
      await hits(page).first().waitFor();
      assert.equal(await hits(page).count(), Math.min(2, total));
      assert.match(await hits(page).first().getAttribute("href"), /\?ui=en$/);
      await page.locator("khonha-search").evaluate((search) => search.setAttribute("limit", "1"));
      await until(page, () => document.querySelector("khonha-search").shadowRoot.querySelectorAll("li").length === 1);
    },
    BUT_ICONS,
  );
});

test("it works whether the script comes before or after the element, or twice, under a strict policy", async () => {
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${HOME}; connect-src ${HOME}; require-trusted-types-for 'script'">`;
  const early = `${policy}<script src="${HOME}/assets/khonha-search.js"></script>`;
  const pages = [foreign("<khonha-search></khonha-search>", early), foreign(`<khonha-search></khonha-search>${SCRIPT}${SCRIPT}`, policy)];
  for (const address of pages) {
    await onPage(
      address,
      async (page) => {
        await page.locator("khonha-search input").pressSequentially("open");
        await hits(page).first().waitFor();
        assert.notEqual(await page.locator("khonha-search li").first().evaluate((item) => getComputedStyle(item).paddingTop), "0px");
      },
      BUT_ICONS,
    );
  }
});

test("what goes wrong is said inside the element", async () => {
  await onPage(
    foreign('<khonha-search endpoint="http://127.0.0.1:9" lang="en"></khonha-search><khonha-search filters="page=0"></khonha-search>'),
    async (page) => {
      const [lost, wrong] = [page.locator("khonha-search").first(), page.locator("khonha-search").last()];
      await lost.locator("input").fill("open");
      await lost.locator("[role=status]").filter({ hasText: "The search failed" }).waitFor();
      await wrong.locator("input").fill("open");
      await wrong.locator("[role=status]").filter({ hasText: "page" }).waitFor();
    },
    { but: /favicon|ERR_|400|127\.0\.0\.1:9\// },
  );
});

test("the site styles it by parts and variables", async () => {
  const style = "<style>khonha-search { --khonha-mark: rgb(1, 2, 3) } khonha-search::part(title) { color: rgb(4, 5, 6) }</style>";
  await onPage(
    foreign("<khonha-search></khonha-search>", SCRIPT + style),
    async (page) => {
      await page.locator("khonha-search input").fill("open");
      await hits(page).first().waitFor();
      assert.equal(await hits(page).first().evaluate((link) => getComputedStyle(link).color), "rgb(4, 5, 6)");
      assert.equal(await page.locator("khonha-search mark").first().evaluate((mark) => getComputedStyle(mark).backgroundColor), "rgb(1, 2, 3)");
    },
    BUT_ICONS,
  );
});
