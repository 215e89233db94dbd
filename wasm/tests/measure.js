// The time from nothing to a first decision in a browser just started.
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { inPage, serve } from "./browser.js";

const STARTS = 9;

/** Milliseconds until the engine is loaded, and until one claim is decided: medians of fresh starts. */
export async function firstDecision(artefact, claim) {
  const pkg = fileURLToPath(new URL("../pkg", import.meta.url));
  const server = await serve({ pkg, artefact: dirname(artefact), claim: dirname(claim) });
  const files = { artefact: `/artefact/${basename(artefact)}`, claim: `/claim/${basename(claim)}` };
  const times = [];
  for (let start = 0; start < STARTS; start += 1) times.push((await inPage(server.address, loadAndDecide, files)).result);
  server.close();
  const median = (what) => times.map((time) => time[what]).sort((a, b) => a - b)[STARTS >> 1];
  return { loaded: median("loaded"), decided: median("decided") };
}

/** What a page does: everything fetched at once, the engine started, the artefact read, one claim decided. */
async function loadAndDecide(files) {
  // The browser's own start is not measured.
  await new Promise((idle) => setTimeout(idle, 700));
  const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
  const begun = performance.now();
  for (const script of ["raw", "policy"]) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: `/pkg/evaluate/${script}.js` }));
  }
  const engine = fetch("/pkg/evaluate/raw_bg.wasm");
  const [duly, artefact, claim] = await Promise.all([import("/pkg/evaluate/index.js"), bytes(files.artefact), bytes(files.claim)]);
  await duly.default(engine);
  const loaded = performance.now() - begun;
  new duly.Policy(artefact).decide(claim);
  return { loaded, decided: performance.now() - begun };
}
