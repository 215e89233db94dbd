// The package as a new project has it: copied into one, where `duly` was installed.
import { readFile } from "node:fs/promises";
import init, { DulyError, Policy } from "duly";
import * as full from "duly/full";

await init();
await full.default();
const [artefact, text, claim] = await Promise.all(["policy.dulyc", "policy.duly", "claim.json"].map((name) => readFile(name)));
const policy = new Policy(artefact);
const compiled = full.compile(text.toString());
for (const decision of [policy.decide(claim), compiled.decide(claim), policy.decide(JSON.parse(claim))]) {
  if (decision.outcome !== "refused" || decision.reasons.length !== 2) throw new Error(JSON.stringify(decision));
}
try {
  policy.decide("{");
  throw new Error("a broken claim was decided");
} catch (error) {
  if (!(error instanceof DulyError && error.problems.length === 1)) throw error;
}
console.log(`installed: ${policy.name} decides`);
