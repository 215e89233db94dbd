// The library compiled again by the full build: node full.mjs FILE
import { readFile } from "node:fs/promises";
import init, { DulyError, check, compile } from "../pkg/full/node.js";

await init();
const { texts, calendars } = JSON.parse(await readFile(process.argv[2], "utf8"));
const imports = Object.fromEntries(texts.map(({ import: name, text }) => [name, text]));
const named = Object.fromEntries(calendars.map((calendar) => [calendar.name, calendar]));

for (const { name, text, digest } of texts) {
  const options = { name, imports, calendars: named };
  const problems = check(text, options).filter(({ severity }) => severity === "error");
  if (problems.length > 0) throw new Error(`${name}: ${problems[0].message}`);
  if (digest !== null && compile(text, options).digest !== digest) throw new Error(`${name} has another digest`);
}

for (const bad of ["", "policy", "(".repeat(100_000), "policy a.b\nlocales en\ndefine x = " + "not ".repeat(10_000), "\u0000", null]) {
  try {
    compile(bad);
  } catch (error) {
    if (error instanceof DulyError && error.code && error.diagnostics.length > 0) continue;
    throw error;
  }
  throw new Error(`${bad} was compiled`);
}
console.log(`the full build: ${texts.length} texts compiled alike`);
