/** Searching: with each key, by the keyboard in the wrong language, back again, and with a network that is slow or fails. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { HOME, onPage, see, until } from "./browser.js";

const title = (page) => page.locator("#results h2, #results h3").first().innerText();
const query = (page) => new URL(page.url()).searchParams.get("q");
const hasArticle = (page, id) => page.locator(`#results a[href*="/articles/${id}"]`).first().waitFor();

test("every letter of a Thai title finds its article", async () => {
  await onPage("/", async (page) => {
    await page.focus("#q");
    const text = "ธรรมาภิบาล";
    for (const [at, letter] of [...text].entries()) {
      await page.keyboard.type(letter);
      const typed = [...text].slice(0, at + 1).join("");
      await page.waitForURL((url) => url.searchParams.get("q") === typed);
      await hasArticle(page, at > 3 ? "glossary/good-governance" : "");
    }
    assert.equal(await page.inputValue("#q"), text);
    assert.match(await page.title(), /^ธรรมาภิบาล/);
  });
});

test("an emptied box leaves the results until something else is typed or Enter is pressed", async () => {
  await onPage("/?q=open&ui=en", async (page) => {
    const shown = await title(page);
    await page.fill("#q", "");
    await page.fill("#q", " ");
    assert.equal(await title(page), shown);
    await page.fill("#q", "");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.search === "?ui=en");
  });
});

test("the caret stays where the reader edits", async () => {
  await onPage("/?q=opendata", async (page) => {
    await page.focus("#q");
    await page.keyboard.press("Home");
    for (let letter = 0; letter < 4; letter++) await page.keyboard.press("ArrowRight");
    await page.keyboard.type(" ");
    await page.waitForURL(/q=open\+data/);
    await page.keyboard.type("x");
    assert.equal(await page.inputValue("#q"), "open xdata");
  });
});

test("what was typed with the keyboard in the other language is searched as it was meant", async () => {
  await onPage("/?ui=en", async (page) => {
    // "whistleblower" on the keys of a Thai keyboard.
    await page.fill("#q", "ไ้รหะสำิสนไำพ");
    await see(page, "#results", "whistleblower");
    await hasArticle(page, "glossary/whistleblower");
  });
});

test("the way back leads to the searches before, and not to their letters", async () => {
  await onPage("/", async (page) => {
    await page.locator("#q").pressSequentially("open data");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=open\+data/);
    await page.fill("#q", "");
    await page.locator("#q").pressSequentially("whistleblower");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=whistleblower/);
    const last = await title(page);
    await page.goBack();
    await page.waitForURL(/q=open\+data/);
    await until(page, () => document.getElementById("q").value === "open data");
    await hasArticle(page, "glossary/open-data");
    await page.goForward();
    await until(page, () => document.getElementById("q").value === "whistleblower");
    assert.equal(await title(page), last);
    await page.goBack();
    await page.goBack();
    await until(page, () => document.getElementById("q").value === "");
    assert.equal(new URL(page.url()).search, "");
  });
});

test("a link in the results is followed in place, and the way back leads out of it", async () => {
  await onPage("/?q=open+data", async (page) => {
    await page.evaluate(() => (window.stays = true));
    await page.locator('#results a[href*="sort=newest"]').first().click();
    await page.waitForURL(/sort=newest/);
    await page.locator('#results a[href*="page=2"]').first().click();
    await page.waitForURL(/page=2/);
    await until(page, () => document.activeElement.id === "count");
    await page.goBack();
    await page.goBack();
    await page.waitForURL((url) => url.search === "?q=open+data");
    assert.ok(await page.evaluate(() => window.stays), "the page was not loaded anew");
  });
});

test("an older answer never takes the place of a newer one", async () => {
  await onPage("/", async (page) => {
    let answerOld, answeredOld;
    const old = new Promise((resolve) => (answerOld = resolve));
    const answered = new Promise((resolve) => (answeredOld = resolve));
    await page.route(/[?&]q=open&/, async (route) => {
      const response = await route.fetch();
      await old;
      // The page may have given the request up.
      await route.fulfill({ response }).catch(() => {});
      answeredOld();
    });
    await page.focus("#q");
    await Promise.all([page.waitForRequest(/\/\?q=open&/), page.keyboard.insertText("open")]);
    await page.keyboard.insertText(" data");
    await page.waitForURL(/q=open\+data/);
    const shown = await page.locator("#results").innerHTML();
    answerOld();
    await answered;
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    assert.equal(await page.locator("#results").innerHTML(), shown);
    assert.equal(query(page), "open data");
  });
});

test("when the network fails the results stay, the page says so, and goes on when it is back", async () => {
  await onPage(
    "/?q=open&ui=en",
    async (page) => {
      const shown = await title(page);
      await page.route(/\/\?/, (route) => route.abort());
      await page.fill("#q", "whistle");
      await see(page, "#live", "could not be loaded");
      assert.equal(await title(page), shown);
      await page.unroute(/\/\?/);
      await page.locator("#q").pressSequentially("blower");
      await page.waitForURL(/q=whistleblower/);
      await until(page, () => document.getElementById("live").classList.contains("hidden"));
    },
    { but: /ERR_FAILED/ },
  );
});

test("letters that an input method puts together are searched when they are put together", async () => {
  await onPage("/", async (page) => {
    await page.focus("#q");
    const keys = await page.context().newCDPSession(page);
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await keys.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
    await keys.send("Input.insertText", { text: "日本" });
    await page.waitForURL((url) => url.searchParams.get("q") === "日本");
    assert.ok(!asked.some((address) => address.includes(encodeURIComponent("にほ"))), asked.join("\n"));
  });
});

test("a search that is meant is counted once, and its letters are not", async () => {
  await onPage("/", async (page) => {
    const asked = [];
    page.on("request", (request) => asked.push([request.method(), new URL(request.url())]));
    await page.locator("#q").pressSequentially("audit");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=audit/);
    await until(page, () => performance.getEntriesByType("resource").some(({ name }) => name.includes("record=true")));
    const searches = asked.filter(([, url]) => url.pathname === "/" && url.search);
    const counted = searches.filter(([, url]) => url.searchParams.get("record") !== "false");
    assert.deepEqual(counted.map(([method, url]) => [method, url.searchParams.get("q")]), [["HEAD", "audit"]]);
  });
});

test("what narrows the results follows them with each letter, and stays as it was", async () => {
  await onPage("/?q=o", async (page) => {
    await page.locator(".facets .fold summary").first().click();
    await page.focus("#q");
    await page.keyboard.press("End");
    await page.locator("#q").pressSequentially("pen");
    await until(page, () => [...document.querySelectorAll(".facets li a")].every(({ search }) => search.includes("q=open")));
    assert.equal(await page.locator(".facets .fold[open]").count(), 1);
    assert.equal(await page.locator("figure.brushable #brush-hint").count(), 1);
  });
});

test("results are there soon after the last key", async (t) => {
  await onPage("/", async (page) => {
    await page.focus("#q");
    const took = [];
    for (const letter of "การจัดซื้อจัดจ้างภาครัฐ") {
      took.push(await page.evaluate(timeOf, letter));
    }
    took.sort((one, other) => one - other);
    const [median, worst] = [took[took.length >> 1], took.at(-1)].map(Math.round);
    t.diagnostic(`from the key to the results on the screen: median ${median} ms, slowest ${worst} ms`);
    assert.ok(median < 1000, `${median} ms`);
  });
});

/** How long it takes from `letter` being typed until its results are painted, in milliseconds. */
function timeOf(letter) {
  const box = document.getElementById("q");
  const start = performance.now();
  return new Promise((resolve) => {
    const seen = new MutationObserver(() => {
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    });
    seen.observe(document.getElementById("content"), { childList: true, subtree: true });
    box.value += letter;
    box.dispatchEvent(new InputEvent("input", { data: letter, bubbles: true }));
  });
}

test("a slash goes to the box, also on a Thai keyboard, and Escape leaves the list and then the text", async () => {
  await onPage("/?q=open", async (page) => {
    await page.keyboard.press("/");
    await until(page, () => document.activeElement.id === "q");
    assert.equal(await page.inputValue("#q"), "open");
    await page.keyboard.press("/");
    await until(page, () => document.getElementById("q").value === "/", undefined);
    await page.fill("#q", "open");
    await see(page, "[role=option]");
    await page.keyboard.press("Escape");
    await page.locator("[role=option]").first().waitFor({ state: "hidden" });
    assert.equal(await page.inputValue("#q"), "open");
    await page.locator("h1").first().click();
    await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ฝ", code: "Slash", bubbles: true })));
    await until(page, () => document.activeElement.id === "q");
  });
});

test("the key of the slash can be switched off", async () => {
  await onPage("/?q=open&ui=en", async (page) => {
    const button = page.getByRole("button", { name: "Press / to go" });
    await button.click();
    assert.equal(await button.getAttribute("aria-pressed"), "false");
    await page.keyboard.press("/");
    assert.notEqual(await page.evaluate(() => document.activeElement.id), "q");
    await page.reload();
    await button.click();
    await page.keyboard.press("/");
    await until(page, () => document.activeElement.id === "q");
  });
});

test("the address that is shown can be opened anew and shows the same", async () => {
  await onPage("/", async (page) => {
    await page.locator("#q").pressSequentially("ฮั้วประมูล");
    await page.waitForURL((url) => url.searchParams.get("q") === "ฮั้วประมูล");
    const shown = await page.locator("#results .hits").innerText();
    await page.goto(page.url());
    assert.equal(await page.locator("#results .hits").innerText(), shown);
    assert.ok(page.url().startsWith(HOME) && !page.url().includes("record"));
  });
});
