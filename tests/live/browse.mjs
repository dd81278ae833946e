// A headless Chromium that does what it is told: one JSON object a line in, one JSON value a line
// out. "launch" opens a page that knows nothing of the pages before it, in the browser that runs
// already if one does; each other line has one of the steps below.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../engines/pdfjs/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let requests = [];
let complaints = [];
let page = null;

const STEPS = {
  evaluate: (expression) => page.evaluate(expression),
  // Polls from outside: the page's policy forbids it to evaluate text by itself.
  async until(expression) {
    const end = Date.now() + 20000;
    while (!(await page.evaluate(expression))) {
      if (Date.now() > end) throw new Error(`never came true: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return true;
  },
  goto: (url) => page.goto(url).then(() => true),
  click: (selector) => page.click(selector).then(() => true),
  check: (selector) => page.check(selector, { force: true }).then(() => true),
  select: ([selector, value]) => page.selectOption(selector, value).then(() => true),
  press: (key) => page.keyboard.press(key).then(() => true),
  size: ([width, height]) => page.setViewportSize({ width, height }).then(() => true),
  shoot: (path) => page.screenshot({ path }).then(() => true),
  said: () => complaints,
  asked: () => requests,
  leave: () => page.context().close().then(() => true),
};

let browser = null;

async function launch(executablePath) {
  browser ??= await chromium.launch({ executablePath, args: FLAGS });
  await Promise.all(browser.contexts().map((context) => context.close()));
  requests = [];
  complaints = [];
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 } });
  page = await context.newPage();
  context.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const [[step, value]] = Object.entries(JSON.parse(line));
  try {
    if (step === "launch") {
      await launch(value);
      console.log("true");
    } else console.log(JSON.stringify({ value: (await STEPS[step](value)) ?? null }));
  } catch (fault) {
    console.log(JSON.stringify({ fault: String(fault) }));
  }
}
await browser?.close();
