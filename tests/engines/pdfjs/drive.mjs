// Does jobs with pdf.js in one headless Chromium: each line in is a JSON object, each line out a
// JSON value. The end of the input is the end of the browser.
//
// {"file": path, "answers": [...], "pages": [...], "scale": n} gives back
// {"version", "saved" (if there were answers), "values", "pictures"}.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const TYPES = {
  ".html": "text/html",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".pdf": "application/pdf",
  ".wasm": "application/wasm",
};
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function serve(pdf) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    try {
      const body = path === "/file.pdf" ? pdf : await readFile(join(HERE, normalize(path)));
      response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "text/plain" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function enter(page, answer) {
  await page.evaluate(({ page }) => showPage(page), answer);
  const id = await page.evaluate(({ page, name, value }) => widgetId(page, name, value), answer);
  const field = page.locator(`[data-element-id="${id}"]`);
  await field.waitFor({ state: "attached" });
  await field.scrollIntoViewIfNeeded();
  if (answer.kind === "choice") {
    await field.selectOption({ label: answer.value });
  } else if (answer.kind === "check" || answer.kind === "radio") {
    await field.click();
  } else {
    await field.click();
    await page.keyboard.type(answer.value);
    await page.keyboard.press("Tab");
  }
}

async function work(page, job) {
  const result = { version: await page.evaluate(() => pdfjsLib.version) };
  for (const answer of job.answers ?? []) await enter(page, answer);
  if (job.answers) result.saved = await page.evaluate(() => saved());
  else result.values = await page.evaluate(() => values());
  result.pictures = {};
  for (const number of job.pages ?? []) {
    result.pictures[number] = await page.evaluate(
      ({ number, scale }) => picture(number, scale),
      { number, scale: job.scale },
    );
  }
  return result;
}

async function one(browser, job) {
  const server = await serve(await readFile(job.file));
  const page = await browser.newPage({ viewport: { width: 1000, height: 1300 } });
  try {
    page.on("pageerror", (error) => console.error(String(error)));
    await page.goto(`http://127.0.0.1:${server.address().port}/viewer.html`);
    await page.waitForFunction(() => globalThis.loaded);
    await page.evaluate(() => show("/file.pdf"));
    return await work(page, job);
  } finally {
    await page.close(); // and the cookies and caches that it had
    server.close();
  }
}

const browser = await chromium.launch({ executablePath: process.argv[2], args: FLAGS });
try {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await one(browser, JSON.parse(line))));
  }
} finally {
  await browser.close();
}
