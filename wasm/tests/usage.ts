// The package's API as a program uses it; only its types are looked at.
import init, { DulyError, Policy, type Application, type Decision, type FormFact, type Question } from "../pkg/evaluate/index.js";
import { check, compile, type CompileError, type Diagnostic } from "../pkg/full/index.js";

export async function used(artefact: Uint8Array): Promise<string> {
  await init();
  const policy = new Policy(artefact);
  const application: Application = { filing: { date: "2025-03-14", channel: undefined }, history: [{ amount: "1.50" }] };
  const decision: Decision = policy.decide(application, { locale: policy.locales[0]!, explain: true });
  const first: Question | undefined = policy.questions(application)[0];
  const facts: FormFact[] = policy.facts().facts;
  const bytes: Uint8Array = policy.decideBytes(JSON.stringify(application));
  if (decision.outcome === "granted") return decision.award?.amount ?? "";
  // @ts-expect-error: there is no such outcome
  if (decision.outcome === "grant") return "";
  policy.free();
  return `${first?.type === "yes_no"} ${facts.length} ${bytes.length}`;
}

export function compiled(text: string): Diagnostic[] {
  try {
    compile(text, { calendars: { ru: { weekend: ["sunday"], years: { "2025": { closed: ["01-01"] } } } } }).free();
  } catch (error) {
    if (error instanceof DulyError && "diagnostics" in error) return (error as CompileError).diagnostics;
  }
  return check(text);
}
