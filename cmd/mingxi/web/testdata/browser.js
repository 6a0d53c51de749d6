// A reader in a real browser: node browser.js URL test, or to take pictures of all pages
// or those of the README: node browser.js URL shots|readme DIR.
// It wants playwright-core and axe-core where NODE_PATH says, and Chromium.
"use strict";
const fs = require("fs");
const path = require("path");
const { chromium } = require("playwright-core");

const [, , base, mode, dir] = process.argv;
let failed = 0;

function check(ok, what) {
  if (!ok) {
    failed++;
    console.log("FAIL " + what);
  }
}

// reader opens a context whose pages report what the console says.
async function reader(browser, options) {
  const context = await browser.newContext(Object.assign({ locale: "zh-CN", viewport: { width: 1200, height: 800 } }, options));
  const page = await context.newPage();
  page.on("console", (m) => { if (m.type() === "error" && !/40[0-9]|409/.test(m.text())) check(false, "console: " + m.text()); });
  page.on("pageerror", (e) => check(false, "error: " + e));
  page.on("request", (r) => check(r.url().startsWith(base) || r.url().startsWith("data:"), "asks elsewhere: " + r.url()));
  return page;
}

// search → document → figure → explain → correct → export
async function walk(browser) {
  const page = await reader(browser);
  await page.goto(base);
  await page.fill("input[type=search]", "城市低保");
  await page.press("input[type=search]", "Enter");
  check((await page.locator(".hit").count()) > 0, "search finds nothing");
  await page.click(".views a:not([aria-current])");
  check(page.url().includes("as=figures"), "figures are a view");
  const found = Number((await page.textContent(".found b")).replace(/,/g, ""));
  await page.locator(".narrow ul").first().locator("a").first().click();
  check((await page.locator(".chips a").count()) >= 1, "a facet becomes a condition");
  const narrowed = Number((await page.textContent(".found b")).replace(/,/g, ""));
  check(narrowed > 0 && narrowed <= found, "a facet narrows");
  await page.locator(".chips a").first().click();
  check(Number((await page.textContent(".found b")).replace(/,/g, "")) === found, "a condition comes off");
  const label = (await page.textContent(".hit h2 a")).trim();
  await page.locator(".hit h2 a").first().click();
  const target = page.locator(".fig:target");
  check((await target.count()) === 1 && (await target.isVisible()), "the figure is shown in its place");
  const seq = (await target.getAttribute("id")).slice(1);
  await target.click();
  check(page.url().endsWith("#r" + seq), "from the words to the row");
  check((await page.textContent("#r" + seq + " a.why")).trim() === label, "the row has the label");
  await page.click("#r" + seq + " a.go");
  check(page.url().endsWith("#f" + seq), "from the row to the words");
  await page.click("#r" + seq + " a.why");
  check((await page.locator(".fields dt").count()) > 5, "the reasons are told");
  await page.check("input[name=verdict][value=right]");
  await page.fill("input[name=note]", "已核对 <原件>");
  await page.fill("input[name=author]", "读者甲");
  await page.click(".correct button");
  check((await page.textContent(".log")).includes("已核对 <原件>"), "the correction is shown");
  const csv = await page.request.get(base + "/export/figures.csv?q=" + encodeURIComponent("label:" + label));
  check((await csv.text()).includes(",right"), "the export has the correction");
  await page.click(".log button");
  check((await page.locator(".log .undone").count()) === 2, "it can be taken back");
  await page.context().close();
}

async function keyboard(browser) {
  const page = await reader(browser);
  await page.goto(base + "/corpus");
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.classList.contains("skip")), "the first stop skips to the content");
  await page.goto(base);
  await page.keyboard.press("/");
  await page.keyboard.type("救灾");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=/);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  check(await page.evaluate(() => document.activeElement === document.querySelector(".hit h2 a")), "j and k go along the hits");
  await page.keyboard.press("?");
  check(await page.evaluate(() => document.getElementById("help").open), "? shows the keys");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/doc\//);
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  await page.waitForURL(/\/figure\/1/);
  await page.keyboard.press("]");
  await page.waitForURL(/\/figure\/2/);
  await page.context().close();
}

async function addresses(browser) {
  const page = await reader(browser);
  await page.goto(base + "/?q=" + encodeURIComponent("低保") + "&as=figures");
  const figure = await page.getAttribute(".hit h2 a", "href");
  const doc = figure.replace(/\?.*/, "");
  await page.context().close();
  return { search: "/?q=" + encodeURIComponent("低保"), figures: "/?q=" + encodeURIComponent("低保") + "&as=figures", wrong: "/?q=label:",
    where: "/where?q=" + encodeURIComponent("低保"), document: doc, figure: doc + "/figure/1", indicators: "/indicators", indicator: "/indicator/dibao_urban_hh",
    panel: "/panel?indicator=dibao_urban_hh,dibao_rural_hh", corpus: "/corpus", missing: "/nowhere" };
}

// narrow: no page is wider than a telephone
async function narrow(browser, pages) {
  const page = await reader(browser, { viewport: { width: 360, height: 740 } });
  for (const [name, address] of Object.entries(pages)) {
    await page.goto(base + address);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(over <= 0, name + " is " + over + " px too wide for a telephone");
  }
  await page.context().close();
}

async function withoutScript(browser) {
  const page = await reader(browser, { javaScriptEnabled: false });
  await page.goto(base);
  await page.fill("input[type=search]", "低保");
  await page.click(".ask button");
  check((await page.locator(".hit").count()) > 0, "search without script");
  await page.locator(".hit h2 a").first().click();
  check((await page.locator(".fig").count()) > 0, "document without script");
  await page.context().close();
}

// accessible: axe finds nothing serious, in both languages and themes
async function accessible(browser, pages) {
  const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  for (const [locale, colorScheme] of [["zh-CN", "light"], ["zh-CN", "dark"], ["en-US", "light"], ["en-US", "dark"]]) {
    const page = await reader(browser, { locale, colorScheme });
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(base + address);
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
      for (const v of found.violations) {
        if (v.impact === "serious" || v.impact === "critical") check(false, [name, locale, colorScheme, v.id, v.help, v.nodes[0].html.slice(0, 160), (v.nodes[0].any[0] || {}).message].join(" | "));
      }
    }
    await page.context().close();
  }
}

// shots: pictures of all pages, to look at, and the few of the README
async function shots(browser, pages) {
  const report = "/?q=" + encodeURIComponent("title:砚湖县民政局2014年");
  const page = await reader(browser);
  await page.goto(base + report);
  pages.document = (await page.getAttribute(".hit h2 a", "href")).replace(/[?#].*/, "") + "?q=" + encodeURIComponent("低保");
  await page.context().close();
  let sets = [["zh", {}], ["zh-dark", { colorScheme: "dark" }], ["en", { locale: "en-US" }], ["en-dark", { locale: "en-US", colorScheme: "dark" }],
    ["zh-360", { viewport: { width: 360, height: 740 } }], ["zh-paper", { colorScheme: "dark" }]];
  if (mode === "readme") {
    pages = { search: pages.figures, document: pages.document };
    sets = [["zh", { viewport: { width: 960, height: 600 } }], ["en", { locale: "en-US", colorScheme: "dark", viewport: { width: 960, height: 600 } }]];
  }
  for (const [suffix, options] of sets) {
    const page = await reader(browser, options);
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(base + address);
      if (suffix === "zh-paper") await page.pdf({ path: path.join(dir, name + ".pdf"), format: "A4" });
      else await page.screenshot({ path: path.join(dir, name + "-" + suffix + ".png") });
    }
    await page.context().close();
  }
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
  const pages = await addresses(browser);
  if (mode !== "test") await shots(browser, pages);
  else {
    await walk(browser);
    await keyboard(browser);
    await narrow(browser, pages);
    await withoutScript(browser);
    await accessible(browser, pages);
  }
  await browser.close();
  console.log(failed + " failed");
  process.exit(failed ? 1 : 0);
})().catch((e) => { console.log("FAIL " + e); process.exit(1); });
