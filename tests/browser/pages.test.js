/** The pages themselves: for everybody, on small screens, without a script, and light enough for a slow line. */

import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";

import { assertAccessible, HOME, onPage, see } from "./browser.js";

const PAGES = [
  "/",
  "/?ui=en",
  "/?q=open+data&ui=en",
  "/?q=%E0%B8%98%E0%B8%A3%E0%B8%A3%E0%B8%A1%E0%B8%B2%E0%B8%A0%E0%B8%B4%E0%B8%9A%E0%B8%B2%E0%B8%A5&topic=governance",
  "/?q=zzzzqqqq&ui=en",
  "/?q=open&page=2",
  "/articles/glossary/open-data",
  "/articles/insight/bid-rigging-five-signals?ui=en",
  "/topics/open-data",
  "/authors/helen-marchbanks?ui=en",
  "/series/glossary",
  "/facets/author?q=open",
  "/advanced?ui=en",
  "/api",
  "/problems/parameter?ui=en",
];
/** Those that need the key. */
const FOR_OPERATORS = ["/admin/status", "/admin/status?ui=en", "/admin/report?ui=en"];
const WITH_KEY = { httpCredentials: { username: "tests", password: process.env.KHONHA_KEY, send: "always" } };
/** In pixels: the smallest phones, which are also 1280 at 400 %, and 1280 at 200 %. */
const SMALL = [320, 640];
const MISSING = "/articles/no/such?ui=en";

for (const path of [...PAGES, MISSING]) {
  test(`${path} is accessible in both themes, and as wide as the smallest screens`, async () => {
    await onPage(path, (page) => lookAt(page), path === MISSING ? { but: /404/ } : {});
  });
}

for (const path of FOR_OPERATORS) {
  test(`${path} is accessible in both themes, and as wide as the smallest screens`, async () => {
    await onPage(path, (page) => lookAt(page), WITH_KEY);
  });
}

async function lookAt(page) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await assertAccessible(page, colorScheme);
  }
  for (const width of SMALL) {
    await page.setViewportSize({ width, height: 640 });
    const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(wide <= screen, `${wide} wide on a screen of ${width}`);
  }
}

test("the dark theme is dark and the light one is light", async () => {
  const lightness = (page) => page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)[0]));
  await onPage("/", async (page) => assert.ok((await lightness(page)) < 80), { colorScheme: "dark" });
  await onPage("/", async (page) => assert.ok((await lightness(page)) > 200), { colorScheme: "light" });
});

test("without a script a search is made, narrowed and turned by links and forms", async () => {
  await onPage(
    "/?ui=en",
    async (page) => {
      await page.fill("#q", "open data");
      await page.keyboard.press("Enter");
      await page.waitForURL(/q=open\+data/);
      await page.locator('#results a[href*="topic=open-data"]').first().click();
      await page.waitForURL(/topic=open-data/);
      await page.fill("[name=year_from]", "2560");
      await page.locator("[name=year_from]").press("Enter");
      await page.waitForURL(/year_from=2560/);
      await page.locator('#results a[href*="/articles/"]').first().click();
      await see(page, "h1");
      assert.equal(await page.locator("button[data-copy]:visible").count(), 0, "nothing is shown that needs a script");
    },
    { javaScriptEnabled: false },
  );
});

test("the first page weighs less than 60 kB with its fonts", async (t) => {
  await onPage("about:blank", async (page) => {
    const line = await page.context().newCDPSession(page);
    await line.send("Network.enable");
    let bytes = 0;
    line.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto(HOME, { waitUntil: "networkidle" });
    await page.evaluate(() => document.fonts.ready);
    t.diagnostic(`the first page weighs ${bytes} bytes`);
    assert.ok(bytes > 10_000 && bytes < 60_000, `${bytes} bytes`);
  });
});

test("citations are copied", async () => {
  const options = { permissions: ["clipboard-read", "clipboard-write"] };
  await onPage(
    "/articles/glossary/open-data?ui=en",
    async (page) => {
      const button = page.locator("button[data-copy]").first();
      const [id, copied] = [await button.getAttribute("data-copy"), await button.getAttribute("data-copied")];
      await page.evaluate((id) => document.getElementById(id).closest("details")?.setAttribute("open", ""), id);
      await button.click();
      await see(page, "button[data-copy]", copied);
      const text = await page.evaluate((id) => document.getElementById(id).textContent.trim(), id);
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
      await page.locator("#live").filter({ hasText: copied }).waitFor({ state: "attached" });
    },
    options,
  );
});
