// Every page that a test opens is watched: a broken content security policy, a request to another host, an
// error in the console or one that nobody caught is a fault, and a fault fails the test.
import type { BrowserContext, ConsoleMessage } from "@playwright/test";
import { counts } from "./quiet.mjs";

const REPORT = "__ydtViolation";

/** What a test may expect beforehand, as part of the fault's text. */
export type Pardon = string | RegExp;

export class Watch {
  readonly #faults: string[] = [];
  readonly #pardons: Pardon[] = [];

  private constructor() {}

  static async over(context: BrowserContext, origin: string): Promise<Watch> {
    const watch = new Watch();
    counts(context);
    const { host } = new URL(origin);
    await context.exposeBinding(REPORT, (_source, violation: string) => {
      watch.#note(`content security policy: ${violation}`);
    });
    await context.addInitScript((report) => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const tell = Reflect.get(window, report) as (text: string) => void;
        const where = `${event.sourceFile}:${event.lineNumber}`;
        tell(
          `${event.effectiveDirective} blocked ${event.blockedURI || "inline"} at ${where} ${event.sample}`,
        );
      });
    }, REPORT);
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (["blob:", "data:", "about:"].includes(url.protocol)) return;
      if (url.host !== host) watch.#note(`request to another host: ${request.method()} ${request.url()}`);
    });
    context.on("console", (message) => {
      if (message.type() === "error") watch.#note(`console: ${textOf(message)}`);
    });
    context.on("weberror", (error) => watch.#note(`uncaught: ${error.error().message}`));
    return watch;
  }

  /** Says beforehand that a fault is part of the story, such as the 404 of a mistyped code. */
  pardon(fault: Pardon): void {
    this.#pardons.push(fault);
  }

  get faults(): readonly string[] {
    return this.#faults.filter(
      (fault) => !this.#pardons.some((p) => (typeof p === "string" ? fault.includes(p) : p.test(fault))),
    );
  }

  #note(fault: string): void {
    this.#faults.push(fault);
  }
}

const textOf = (message: ConsoleMessage): string => `${message.text()} ${message.location().url}`.trim();
