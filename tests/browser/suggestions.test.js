/** The list below the box: what may be typed, and what was searched before. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, onPage, see, until } from "./browser.js";

const OPTION = "[role=option]";
const active = (page) => page.locator('[role=option][aria-selected="true"]');
const isClosed = (page) => page.locator(OPTION).first().waitFor({ state: "hidden" });

/** Types, and waits for what is suggested for all of it: the list for its first letters may still be shown. */
async function typed(page, text) {
  const last = page.waitForResponse((answer) => new URL(answer.url()).searchParams.get("q") === text && answer.url().includes("/suggest"));
  await page.locator("#q").pressSequentially(text);
  await last;
  await until(page, (text) => document.querySelector("[role=option] mark")?.textContent.toLowerCase().startsWith(text.split(" ")[0].toLowerCase()), text);
}

test("suggestions come in groups, with what was typed marked, and nothing is chosen beforehand", async () => {
  await onPage("/?ui=en", async (page) => {
    await typed(page, "open");
    await see(page, "[role=listbox] [role=group][aria-label=Topics] [role=option]", "Open data");
    await see(page, "[role=listbox] [role=group][aria-label=Articles] [role=option]");
    assert.equal((await page.locator(`${OPTION} mark`).first().innerText()).toLowerCase(), "open");
    assert.equal(await active(page).count(), 0);
    assert.equal(await page.getAttribute("#q", "aria-expanded"), "true");
    await assertAccessible(page, "suggestions");
  });
});

test("arrows go through the list and around, and the keys of the text go back to it", async () => {
  await onPage("/?ui=en", async (page) => {
    await typed(page, "open");
    const options = await page.locator(OPTION).count();
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.locator(OPTION).nth(options - 1).getAttribute("aria-selected"), "true");
    await page.keyboard.press("ArrowDown");
    const first = page.locator(OPTION).first();
    assert.equal(await first.getAttribute("aria-selected"), "true");
    assert.equal(await page.getAttribute("#q", "aria-activedescendant"), await first.getAttribute("id"));
    assert.equal(await page.inputValue("#q"), "open");
    await page.keyboard.press("Home");
    assert.equal(await active(page).count(), 0);
    assert.equal(await page.evaluate(() => document.getElementById("q").selectionStart), 0);
    await page.keyboard.press("Escape");
    await isClosed(page);
    assert.equal(await page.getAttribute("#q", "aria-expanded"), "false");
    await page.keyboard.press("ArrowDown");
    await see(page, OPTION);
  });
});

test("Enter without a choice searches what was typed", async () => {
  await onPage("/?ui=en", async (page) => {
    await typed(page, "open");
    await page.keyboard.press("Enter");
    await isClosed(page);
    await page.waitForURL(/q=open(&|$)/);
  });
});

test("a phrase is searched, by the keyboard", async () => {
  await onPage("/?ui=en", async (page) => {
    await typed(page, "open contr");
    await page.locator("[role=group][aria-label='Search for'] [role=option]").filter({ hasText: /^Open Contracting/ }).first().waitFor();
    await page.keyboard.press("ArrowDown");
    await see(page, '[role=option][aria-selected="true"]', "Open Contracting");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=Open\+Contracting/i);
    await until(page, () => /^open contracting/i.test(document.getElementById("q").value));
    await isClosed(page);
  });
});

test("an article is opened and a topic leads to its page, by the mouse and by touch", async () => {
  await onPage("/?ui=en", async (page) => {
    await typed(page, "the box nobody");
    await page.locator(OPTION).filter({ hasText: "The box nobody opened" }).click();
    await page.waitForURL(/\/articles\/insight\/anonymous-box\?ui=en/);
  });
  const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };
  await onPage(
    "/",
    async (page) => {
      await typed(page, "open d");
      await page.locator("[role=group][aria-label=หัวข้อ] [role=option]").first().tap();
      await page.waitForURL(/\/topics\/open-data/);
    },
    phone,
  );
});

test("suggestions come on pages without results too", async () => {
  await onPage("/articles/glossary/open-data?ui=en", async (page) => {
    await typed(page, "audit");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/\?.*q=audit/);
    await see(page, "#results a");
  });
});

test("the last searches are offered in the empty box, and forgotten when asked", async () => {
  await onPage("/?ui=en", async (page) => {
    for (const text of ["open data", "audit", "open data"]) {
      await page.fill("#q", text);
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.searchParams.get("q") === text);
    }
    await page.fill("#q", "");
    await see(page, "[role=group][aria-label='Recent searches'] [role=option]", "audit");
    assert.deepEqual(await page.locator(OPTION).allInnerTexts(), ["open data", "audit"]);
    await assertAccessible(page, "recent searches");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=audit/);
    await page.fill("#q", "");
    await page.getByRole("button", { name: "Clear recent searches" }).click();
    await isClosed(page);
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    assert.equal(await page.locator(`${OPTION}:visible`).count(), 0);
  });
});

test("eight searches are kept, and none where the browser keeps nothing", async () => {
  await onPage("/?ui=en", async (page) => {
    await page.evaluate(() => localStorage.setItem("khonha-recent", JSON.stringify([..."abcdefgh"])));
    await page.fill("#q", "open");
    await page.keyboard.press("Enter");
    await until(page, () => JSON.parse(localStorage.getItem("khonha-recent"))[0] === "open");
    assert.equal(await page.evaluate(() => JSON.parse(localStorage.getItem("khonha-recent")).length), 8);
    await page.evaluate(() => Object.defineProperty(window, "localStorage", { get: () => { throw new Error("off"); } }));
    await page.fill("#q", "audit");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=audit/);
  });
});
