/** Narrowing the results: facets, years, the drawer of a phone, and what of a search is kept in the other language. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, onPage, see, until } from "./browser.js";

const PHONE = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };
const bar = (page, at) => page.locator("figure.histogram a[data-year]").nth(at);

test("a facet value is selected and released in place, and keeps the focus", async () => {
  await onPage("/?q=open&ui=en", async (page) => {
    await page.evaluate(() => (window.stays = true));
    const topic = page.locator('#results a[href*="topic=open-data"]').first();
    await topic.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/topic=open-data/);
    await until(page, () => document.activeElement.matches("[aria-current], [aria-pressed=true], [aria-checked=true]"));
    assert.equal(await page.locator("form[role=search] input[name=topic]").first().inputValue(), "open-data");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.searchParams.has("topic"));
    await until(page, () => document.activeElement.matches("#results a[href*='topic=open-data']"));
    assert.ok(await page.evaluate(() => window.stays), "the page was not loaded anew");
  });
});

test("typing on keeps the filters", async () => {
  await onPage("/?q=open&topic=open-data&ui=en", async (page) => {
    await page.focus("#q");
    await page.keyboard.press("End");
    await page.keyboard.type(" data");
    await page.waitForURL(/q=open\+data/);
    assert.equal(new URL(page.url()).searchParams.get("topic"), "open-data");
  });
});

test("the other language shows the same search", async () => {
  await onPage("/?topic=open-data", async (page) => {
    await page.locator("#q").pressSequentially("ข้อมูล");
    await page.waitForURL((url) => url.searchParams.get("q") === "ข้อมูล");
    await page.locator("header a[hreflang=en]").click();
    await page.waitForURL(/ui=en/);
    assert.equal(await page.inputValue("#q"), "ข้อมูล");
    assert.equal(new URL(page.url()).searchParams.get("topic"), "open-data");
    assert.equal(await page.getAttribute("html", "lang"), "en");
  });
});

test("years are chosen by drawing over the histogram", async () => {
  await onPage("/?q=data", async (page) => {
    const [from, to] = [await bar(page, 1).boundingBox(), await bar(page, 3).boundingBox()];
    const years = [await bar(page, 1).getAttribute("data-year"), await bar(page, 3).getAttribute("data-year")];
    await page.mouse.move(to.x + to.width / 2, to.y + to.height - 2);
    await page.mouse.down();
    await page.mouse.move(from.x + from.width, from.y + from.height - 2, { steps: 3 });
    await page.mouse.move(from.x + from.width / 2, from.y + from.height - 2);
    assert.equal(await page.locator(".brushed").count(), 3);
    await page.mouse.up();
    await page.waitForURL((url) => url.searchParams.get("year_from") === years[0] && url.searchParams.get("year_to") === years[1]);
    await until(page, (year) => document.querySelector("#results [name=year_from]").value === year, years[0]);
  });
});

test("years are chosen by the keyboard, and Escape drops the choice", async () => {
  await onPage("/?q=data", async (page) => {
    assert.equal(await page.locator("figure.histogram a[tabindex='0']").count(), 1, "one stop of the Tab key");
    await bar(page, 0).focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".brushed").count(), 0);
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    const years = [await bar(page, 0).getAttribute("data-year"), await bar(page, 2).getAttribute("data-year")];
    await until(page, ([first, last]) => document.getElementById("live").textContent.includes(`${first}–${last}`), years);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.searchParams.get("year_from") === years[0] && url.searchParams.get("year_to") === years[1]);
    await until(page, (year) => document.activeElement.dataset.year === year, years[1]);
  });
});

test("a click on a bar is that year", async () => {
  await onPage("/?q=data", async (page) => {
    const year = await bar(page, 2).getAttribute("data-year");
    await bar(page, 2).click();
    await page.waitForURL((url) => url.searchParams.getAll("year").includes(year) || url.searchParams.get("year_from") === year);
  });
});

test("on a phone the filters are a drawer, which stays open while they are chosen", async () => {
  await onPage(
    "/?q=open&ui=en",
    async (page) => {
      const topic = page.locator('#results a[href*="topic=open-data"]').first();
      await topic.waitFor({ state: "hidden" });
      await page.locator("#results summary, #results [popovertarget]").filter({ hasText: /filter|narrow/i }).first().tap();
      await topic.waitFor();
      await assertAccessible(page, "the drawer");
      await topic.tap();
      await page.waitForURL(/topic=open-data/);
      await see(page, '#results a[aria-current]');
    },
    PHONE,
  );
});
