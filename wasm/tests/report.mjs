// Sizes of the package and of artefacts, and the time to a first decision: node report.mjs FOLDER [CLAIM.json]
// FOLDER has the compiler's own `<build>.wasm`, and in `policies` every `.dulyc`; the time is that of the claim's policy.
import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { firstDecision } from "./measure.js";

const MOST = { evaluate: 150, full: 350, artefact: 15 };
const MOST_TIME = 50;
const KB = 1000;

const [folder, claim] = process.argv.slice(2);
const kb = (bytes) => (bytes === undefined ? "" : (bytes / KB).toFixed(1));
const exceeded = [];

function row(name, bytes, compiled, bound) {
  const brotli = brotliCompressSync(bytes).length;
  if (brotli > bound * KB) exceeded.push(`${name}: ${kb(brotli)} KB of ${bound}`);
  const cells = [kb(compiled), kb(bytes.length), kb(gzipSync(bytes, { level: 9 }).length), kb(brotli), `≤ ${bound}`];
  console.log(`${name.padEnd(36)}${cells.map((cell) => cell.padStart(11)).join("")}`);
}

console.log(`${"KB".padEnd(36)}${["compiled", "shipped", "gzip", "brotli", "bound"].map((c) => c.padStart(11)).join("")}`);
for (const build of ["evaluate", "full"]) {
  const compiled = (await readFile(join(folder, `${build}.wasm`))).length;
  row(build, await readFile(new URL(`../pkg/${build}/raw_bg.wasm`, import.meta.url)), compiled, MOST[build]);
}
const artefacts = (await readdir(join(folder, "policies"))).filter((name) => name.endsWith(".dulyc")).sort();
for (const name of artefacts) row(basename(name, ".dulyc"), await readFile(join(folder, "policies", name)), undefined, MOST.artefact);

if (claim !== undefined) {
  const policy = `${basename(claim, ".example.json")}.dulyc`;
  const artefact = artefacts.find((name) => name.endsWith(policy));
  const { loaded, decided } = await firstDecision(join(folder, "policies", artefact), claim);
  console.log(`\nfirst decision in a cold Chromium: ${decided.toFixed(0)} ms, loading included (${loaded.toFixed(0)} ms); bound ${MOST_TIME} ms`);
}
if (exceeded.length > 0) throw new Error(`larger than allowed: ${exceeded.join("; ")}`);
