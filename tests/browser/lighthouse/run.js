/**
 * Lighthouse over the start page, results and an article of a service, each on a phone and on a desk: `npm start`, or
 * `npm start -- https://search.example.org` for one that runs already.
 *
 * It prints the scores out of 100, and what takes points away; it fails if a score is below 95.
 */

import process from "node:process";

import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

import { service } from "../service.js";

const ENOUGH = 95;
/** The results of a search are not to be indexed by others, which Lighthouse would take points away for. */
const PAGES = { "/": [], "/?q=open+data&ui=en": ["is-crawlable"], "/articles/glossary/open-data": [] };
const SCREENS = { phone: undefined, desk: desktopConfig };

const [given] = process.argv.slice(2);
const khonha = given ? { address: given, stop() {} } : await service();
const chrome = await launch({ chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromeFlags: ["--headless=new", "--no-sandbox"] });
try {
  for (const [path, skipAudits] of Object.entries(PAGES)) {
    for (const [screen, config] of Object.entries(SCREENS)) await measure(path, screen, config, skipAudits);
  }
} finally {
  chrome.kill();
  await khonha.stop();
}

async function measure(path, screen, config, skipAudits) {
  const { lhr } = await lighthouse(new URL(path, khonha.address).href, { port: chrome.port, logLevel: "error", skipAudits }, config);
  const scores = Object.values(lhr.categories).map(({ title, score }) => [title, Math.round(score * 100)]);
  console.log(`${path} (${screen}): ${scores.map(([title, score]) => `${title} ${score}`).join(", ")}`);
  if (scores.every(([, score]) => score >= ENOUGH)) return;
  process.exitCode = 1;
  failed(lhr).forEach((line) => console.log(`  ${line}`));
}

/** The audits that take points away, with what Lighthouse says of them. */
function failed({ audits, categories }) {
  const weighty = Object.values(categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0));
  const bad = weighty.map(({ id }) => audits[id]).filter(({ score }) => score !== null && score < 0.9);
  return bad.map(({ title, displayValue }) => [title, displayValue].filter(Boolean).join(": "));
}
