// Drives Chromium over pages of the web application; what it finds goes to standard output as JSON.
// node pages.cjs TASK BASE AXE < spec.json, with playwright-core in NODE_PATH.
const { chromium } = require("playwright-core");
const fs = require("node:fs");
const [task, base, axe] = process.argv.slice(2);
const spec = JSON.parse(fs.readFileSync(0, "utf-8"));

const tasks = {
  // Every page in light and dark, at each width: what axe-core objects to, what sticks out, who else is asked.
  async axe(browser) {
    const found = [];
    for (const width of spec.widths) for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      page.on("request", (asked) => {
        if (!asked.url().startsWith(base)) found.push(`${asked.url()} is asked`);
      });
      page.on("console", (said) => { if (said.type() === "error" && !/status of [45]/.test(said.text())) found.push(said.text()); });
      for (const path of spec.pages) {
        await open(page, path);
        await page.evaluate(fs.readFileSync(axe, "utf-8"));
        const result = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
        for (const one of result.violations) {
          found.push(`${path} ${width} ${colorScheme}: ${one.id} at ${one.nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
        }
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (beyond > 0) found.push(`${path} ${width}: ${beyond} pixels stick out`);
      }
      await context.close();
    }
    return found;
  },

  // From a question to its hit, to the citation in the clipboard, and back; the mouse is never touched.
  async keyboard(browser) {
    const context = await browser.newContext();
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: base });
    const page = await context.newPage();
    const steps = [];
    await page.goto(`${base}/`);
    await page.keyboard.press("Tab");
    steps.push(await focused(page));
    await page.keyboard.press("/");
    await page.keyboard.type(spec.question);
    await Promise.all([page.waitForURL(/search\?/), page.keyboard.press("Enter")]);
    const results = page.url();
    await tabTo(page, (element) => element.matches(".hit h3 a"));
    steps.push(await focused(page));
    await Promise.all([page.waitForURL(/statements/), page.keyboard.press("Enter")]);
    await tabTo(page, (element) => element.matches(".citation .copy"));
    const outlined = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector('[role="status"]').textContent);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    await page.goBack();
    return { steps, copied, outlined, back: page.url() === results };
  },

  // Pages of hostile texts under their own policy: a script that runs, or a report, is a failure.
  async hostile(browser) {
    const failures = [];
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (report) => {
        window.reported = [...(window.reported ?? []), `${report.violatedDirective} ${report.blockedURI}`];
      });
    });
    page.on("dialog", async (dialog) => { failures.push(`a dialog: ${dialog.message()}`); await dialog.dismiss(); });
    page.on("console", (said) => { if (/Content Security Policy/.test(said.text())) failures.push(said.text()); });
    page.on("request", (asked) => { if (!asked.url().startsWith(base)) failures.push(`${asked.url()} is asked`); });
    for (const path of spec.pages) {
      await open(page, path);
      const reported = await page.evaluate(() => window.reported ?? []);
      failures.push(...reported.map((one) => `${path}: ${one}`));
    }
    return failures;
  },

  async pictures(browser) {
    for (const { path, file, width, height, colorScheme } of spec.pictures) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, deviceScaleFactor: 1 });
      const page = await context.newPage();
      await open(page, path);
      await page.screenshot({ path: file });
      await context.close();
    }
    return [];
  },
};

// A page is opened, or the form of one sent, where its text stands behind a space.
async function open(page, path) {
  const [url, text] = path.split(" text=");
  await page.goto(base + url);
  if (text !== undefined) {
    await page.fill("textarea", text);
    await Promise.all([page.waitForNavigation(), page.click("main form button")]);
  }
}

async function focused(page) {
  return page.evaluate(() => document.activeElement.textContent.trim());
}

async function tabTo(page, reached) {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(`(${reached})(document.activeElement)`)) return;
  }
  throw new Error("80 tabs do not lead there");
}

(async () => {
  const browser = await chromium.launch({ executablePath: spec.chromium, args: ["--no-sandbox"] });
  try {
    process.stdout.write(JSON.stringify(await tasks[task](browser)));
  } finally {
    await browser.close();
  }
})();
