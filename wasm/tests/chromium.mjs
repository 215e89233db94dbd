// The corpus in Chromium: node chromium.mjs FOLDER
import { fileURLToPath } from "node:url";
import { inPage, serve } from "./browser.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const server = await serve({ pkg: here("../pkg"), tests: here("."), corpus: process.argv[2] });
try {
  const { result, version } = await inPage(server.address, async () => {
    const duly = await import("/pkg/evaluate/index.js");
    const { run } = await import("/tests/parity.js");
    await duly.default();
    return run(duly, async (name) => new Uint8Array(await (await fetch(`/corpus/${name}`)).arrayBuffer()));
  });
  console.log(`Chromium ${version}: ${result} claims decided alike`);
} finally {
  server.close();
}
