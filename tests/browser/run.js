/**
 * Starts what the tests drive, and runs them: `npm test`, or `npm test -- search.test.js` for some of them.
 *
 * `KHONHA` is the program to test; without it, it is that of a debug build.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { otherSite, service } from "./service.js";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const chosen = process.argv.slice(2);
const files = chosen.length ? chosen : readdirSync(".").filter((name) => name.endsWith(".test.js"));

const other = await otherSite();
const khonha = await service(other.address);
const env = { ...process.env, KHONHA_ADDRESS: khonha.address, KHONHA_KEY: khonha.key, OTHER_ADDRESS: other.address };
const tests = spawn(process.execPath, ["--test", ...files], { env, stdio: "inherit" });
[process.exitCode] = await once(tests, "exit");
await khonha.stop();
other.stop();
