// The watch itself: a page that misbehaves must be noticed, or every other test's silence says nothing.
import { get } from "./raw";
import { expect, test } from "./stage";
import { Watch } from "./watch";

const MISDEEDS: { what: string; fault: RegExp; misbehave: () => unknown }[] = [
  {
    what: "an inline style element",
    fault: /content security policy: style-src/,
    misbehave: () => {
      const style = document.createElement("style");
      style.textContent = "body { color: red }";
      document.head.append(style);
    },
  },
  {
    what: "a style attribute",
    fault: /content security policy: style-src/,
    misbehave: () => document.body.setAttribute("style", "color: red"),
  },
  {
    what: "an inline script",
    fault: /content security policy: (script-src|require-trusted-types-for)/,
    misbehave: () => {
      try {
        const script = document.createElement("script");
        script.textContent = "window.misbehaved = true";
        document.head.append(script);
      } catch {
        // The browser refuses; the watch is to hear of it all the same.
      }
    },
  },
  {
    what: "markup written as text",
    fault: /content security policy: require-trusted-types-for/,
    misbehave: () => {
      try {
        document.body.innerHTML = "<p>x</p>";
      } catch {
        // Refused, and to be heard of.
      }
    },
  },
  {
    what: "a word with another host",
    fault: /content security policy: connect-src/,
    misbehave: () => fetch("http://other.invalid/").catch(() => undefined),
  },
  { what: "an error in the console", fault: /console: no good/, misbehave: () => console.error("no good") },
  {
    what: "an error nobody catches",
    fault: /uncaught: no good/,
    misbehave: () => {
      setTimeout(() => {
        throw new Error("no good");
      });
    },
  },
];

for (const { what, fault, misbehave } of MISDEEDS) {
  test(`notices ${what}`, async ({ browser, server }) => {
    const context = await browser.newContext();
    const watch = await Watch.over(context, server.origin);
    const page = await context.newPage();
    await page.goto(`${server.origin}/`);
    expect(watch.faults).toEqual([]);
    await page.evaluate(misbehave);
    await expect.poll(() => watch.faults.join("\n")).toMatch(fault);
    await context.close();
  });
}

test("notices a page that leaves for another host", async ({ browser, server }) => {
  const context = await browser.newContext();
  const watch = await Watch.over(context, server.origin);
  const page = await context.newPage();
  const elsewhere = server.origin.replace("127.0.0.1", "localhost");
  await page.goto(`${elsewhere}/livez`).catch(() => undefined);
  expect(watch.faults.join("\n")).toContain("request to another host");
  await context.close();
});

test("leaves room for what the story expects", async ({ browser, server }) => {
  const context = await browser.newContext();
  const watch = await Watch.over(context, server.origin);
  watch.pardon(/status of 404 .*\/api\/v1\/nothing/);
  const page = await context.newPage();
  await page.goto(`${server.origin}/`);
  const status = await page.evaluate(async () => (await fetch("/api/v1/nothing")).status);
  expect(status).toBe((await get(`${server.origin}/api/v1/nothing`)).status);
  expect(watch.faults).toEqual([]);
  await context.close();
});
