// Opens pages in a real Chromium as test_embedded.py says, and prints what it saw as JSON.
import { createRequire } from "node:module";

const asked = JSON.parse(process.argv[2]);
const require = createRequire(`${asked.modules}/`);
const { chromium } = require("playwright-core");
const axe = require("axe-core");

const browser = await chromium.launch({ executablePath: asked.chromium, args: ["--no-sandbox"] });
const seen = {};

// A page, with all that should not happen on it.
async function opened(url, settings = {}) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  const wrong = [];
  page.on("dialog", (dialog) => (wrong.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && !message.location().url.endsWith("/favicon.ico") && wrong.push(`console: ${message.text()}`));
  await page.addInitScript(() => {
    window.reports = [];
    document.addEventListener("securitypolicyviolation", (event) => window.reports.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(url, { waitUntil: "networkidle" });
  const done = async () => {
    wrong.push(...(await page.evaluate(() => window.reports)));
    if (await page.evaluate(() => "ran" in window)) wrong.push("a script ran");
    await context.close();
    return wrong;
  };
  return [page, done];
}

async function violations(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => axe.run());
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3)}`);
}

const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

async function element({ url, hits }) {
  const [page, done] = await opened(url);
  const search = page.locator("onrecord-search");
  await search.locator("li").first().waitFor();
  for (;;) {
    const there = await search.locator("li").count();
    if (there >= hits) break;
    await search.locator("button", { hasText: "More" }).click();
    await search.locator(`li:nth-child(${there + 1})`).waitFor();
  }
  const told = await page.evaluate(() => {
    const root = document.querySelector("onrecord-search").shadowRoot;
    return {
      said: root.querySelector("[role=status]").textContent,
      focus: root.activeElement?.textContent,
      texts: [...root.querySelectorAll("blockquote")].map((one) => one.textContent),
      marks: [...root.querySelectorAll("mark")].map((one) => one.textContent),
      links: [...root.querySelectorAll("li a")].map((one) => [one.textContent, one.href]),
      tags: [...new Set([...root.querySelectorAll("*")].map((one) => one.localName))],
    };
  });
  return { ...told, wrong: await done() };
}

async function keyboard({ url }) {
  const [page, done] = await opened(url, { permissions: ["clipboard-read", "clipboard-write"] });
  const search = page.locator("onrecord-search");
  await search.locator("li").first().waitFor();
  const inside = () => page.evaluate(() => document.querySelector("onrecord-search").shadowRoot.activeElement?.localName);
  await page.keyboard.press("Tab");
  const way = [await inside()];
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("needle zero");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("onrecord-search").shadowRoot.querySelectorAll("li").length === 1);
  for (let step = 0; step < 3; step++) {
    await page.keyboard.press("Tab");
    way.push(await inside());
  }
  await page.keyboard.press("Enter");
  const cited = search.locator("li [role=status]");
  await page.waitForFunction(() => document.querySelector("onrecord-search").shadowRoot.querySelector("li [role=status]").textContent);
  const citation = await cited.textContent();
  return { way, citation, wrong: await done() };
}

async function quotation({ url }) {
  const [page, done] = await opened(url);
  await page.waitForFunction(() => [...document.querySelectorAll("onrecord-quotation")].every((one) => one.shadowRoot.querySelector("[role=status]").textContent || one.shadowRoot.querySelector("blockquote")));
  const told = await page.evaluate(() =>
    [...document.querySelectorAll("onrecord-quotation")].map((one) => ({
      text: one.shadowRoot.querySelector("blockquote")?.textContent,
      note: one.shadowRoot.querySelector("[role=status]").textContent,
      changed: one.hasAttribute("changed"),
    })),
  );
  return { told, wrong: await done() };
}

async function looks({ urls }) {
  const found = [];
  for (const url of urls)
    for (const colorScheme of ["light", "dark"])
      for (const width of [320, 1440]) {
        const [page, done] = await opened(url, { colorScheme, viewport: { width, height: 900 } });
        for (const details of await page.locator("details").all()) await details.evaluate((one) => (one.open = true));
        if (asked.pictures) await page.screenshot({ path: `${asked.pictures}/${new URL(url).pathname.replaceAll("/", "_").slice(0, 60)}-${width}-${colorScheme}.png` });
        found.push({ url, colorScheme, width, beyond: await wide(page), violations: await violations(page), wrong: await done() });
      }
  return found;
}

async function words({ url, questions }) {
  const found = [];
  for (const question of questions) {
    const [page, done] = await opened(`${url}?q=${encodeURIComponent(question)}`);
    await page.waitForFunction(() => document.getElementById("found").textContent);
    const more = page.locator("#more");
    for (let times = 0; times < 5 && (await more.isVisible()); times++) {
      const there = await page.locator("#hits li").count();
      await more.click();
      await page.waitForFunction((before) => document.querySelectorAll("#hits li").length > before || document.getElementById("more").hidden, there);
    }
    const told = await page.evaluate(() => ({
      said: document.getElementById("found").textContent,
      hits: [...document.querySelectorAll("#hits li")].map((one) => [decodeURIComponent(one.querySelector("a").href), one.querySelector("blockquote").textContent]),
      marks: [...new Set([...document.querySelectorAll("#hits mark")].map((one) => one.textContent))],
    }));
    found.push({ question, ...told, wrong: await done() });
  }
  return found;
}

const STEPS = { element, keyboard, quotation, looks, words };
for (const [name, settings] of Object.entries(asked.steps)) seen[name] = await STEPS[settings.step ?? name](settings);
await browser.close();
console.log(JSON.stringify(seen));
