// A fresh headless Chromium with a server of its own.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
const PLAIN = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Serves folders under their names; an empty page at `/`. */
export async function serve(folders) {
  const server = createServer(async ({ url }, response) => {
    const [name, ...rest] = normalize(new URL(url, "http://here").pathname).split("/").slice(1);
    const folder = folders[name];
    try {
      const bytes = name === "" ? "<!doctype html><title>Duly</title>" : await readFile(join(folder, ...rest));
      response.writeHead(200, { "content-type": TYPES[name === "" ? ".html" : extname(url)] ?? "application/octet-stream" });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Runs work in an empty page of a browser started for it. */
export async function inPage(address, work, argument) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: PLAIN });
  try {
    const page = await browser.newPage();
    await page.goto(address);
    return { result: await page.evaluate(work, argument), version: browser.version() };
  } finally {
    await browser.close();
  }
}
