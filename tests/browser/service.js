/** What the tests drive: a real `khonha serve` on the sample corpus, and a site of another origin that searches it. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = path.resolve(ROOT, process.env.KHONHA ?? path.join(process.env.CARGO_TARGET_DIR ?? "target", "debug/khonha"));

/** A new key of administration, and the setting that lets it open everything. */
function newKey() {
  const printed = spawnSync(PROGRAM, ["key"], { encoding: "utf8" }).stdout ?? "";
  const [key, hash] = [/khonha_\w+/, /blake3:\w+/].map((pattern) => pattern.exec(printed)?.[0]);
  return { key, setting: `[{name="tests", hash="${hash}", scopes=["report", "metrics", "status"]}]` };
}

/** A service on a free port, which pages of `origins` may ask. */
export async function service(...origins) {
  const folder = mkdtempSync(path.join(tmpdir(), "khonha-browser-"));
  const flags = ["serve", "--content", path.join(ROOT, "corpus"), "--index", path.join(folder, "index"), "--listen", "127.0.0.1:0"];
  const { key, setting } = newKey();
  const settings = { KHONHA_ADMIN_KEYS: setting, KHONHA_ANALYTICS: path.join(folder, "analytics"), KHONHA_LOG: "warn" };
  const env = { ...process.env, ...settings, KHONHA_CORS_ORIGINS: JSON.stringify(origins) };
  const child = spawn(PROGRAM, flags, { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  child.on("error", ({ message }) => { throw new Error(`${message}; build the program first, or name it by KHONHA`); });
  const address = await addressSaid(child);
  const stop = async () => {
    const ended = once(child, "exit");
    child.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, key, stop };
}

/** The address that the service prints once it serves. */
async function addressSaid(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/[\d.:]+/.exec(line);
    if (address) return address[0];
  }
  throw new Error(`${PROGRAM} ended before it served`);
}

/** A site of another origin, whose pages are the HTML that their address asks for, under a policy of its own. */
export async function otherSite() {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url, "http://localhost");
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(searchParams.get("html") ?? "");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
