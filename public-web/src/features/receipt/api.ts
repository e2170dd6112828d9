// What the holder of a receipt asks and does. The code goes in a header: never in an address.
import type { PublicComponents } from "@yidiantong/client";
import { ask, Problem } from "../../lib/api";
import { rememberView } from "../../lib/filed";
import type { Receipt } from "./timeline";

export type Deed =
  | { action: "message" | "supplement"; text: string; attachments: string[] }
  | {
      action: "rate";
      rating: "very_satisfied" | "satisfied" | "basically_satisfied" | "dissatisfied";
      comment?: string;
    }
  | { action: "dispute"; reason: string }
  | { action: "withdraw"; reason?: string };

const headers = (code: string) => ({ "X-Receipt-Code": code });

export async function look(code: string): Promise<Receipt> {
  const view = await ask((api, signal) => api.GET("/api/v1/receipt", { headers: headers(code), signal }));
  rememberView(code, view);
  return view;
}

type Explanation = PublicComponents["schemas"]["ExplanationView"];

/** Why a limit of this case ends when it does. */
export function explain(code: string, stage: Explanation["stage"], round: number): Promise<Explanation> {
  const params = { path: { stage }, query: { round } };
  return ask((api, signal) =>
    api.GET("/api/v1/receipt/timers/{stage}/explain", { params, headers: headers(code), signal }),
  );
}

const wordsOf = ({ text, attachments }: Extract<Deed, { attachments: string[] }>) => ({ text, attachments });

function post(code: string, deed: Deed): Promise<Receipt> {
  return ask((api, signal) => {
    const common = { headers: headers(code), signal };
    switch (deed.action) {
      case "message":
        return api.POST("/api/v1/receipt/messages", { ...common, body: wordsOf(deed) });
      case "supplement":
        return api.POST("/api/v1/receipt/supplement", { ...common, body: wordsOf(deed) });
      case "rate": {
        const { rating, comment } = deed;
        return api.POST("/api/v1/receipt/rating", {
          ...common,
          body: comment === undefined ? { rating } : { rating, comment },
        });
      }
      case "dispute":
        return api.POST("/api/v1/receipt/dispute", { ...common, body: { reason: deed.reason } });
      case "withdraw":
        return api.POST("/api/v1/receipt/withdraw", {
          ...common,
          body: deed.reason === undefined ? {} : { reason: deed.reason },
        });
    }
  });
}

/** How often this was done, as the case's own history tells. */
export function timesDone(view: Receipt, deed: Deed): number {
  if (deed.action === "message") {
    return view.messages.filter((one) => one.from === "complainant" && one.text === deed.text).length;
  }
  return view.events.filter((one) => one.action === deed.action).length;
}

/**
 * Does one thing. When no answer comes, the case itself is asked whether it was done, so that trying again
 * does not do it twice.
 */
export async function act(code: string, before: Receipt, deed: Deed): Promise<Receipt> {
  try {
    const view = await post(code, deed);
    rememberView(code, view);
    return view;
  } catch (reason) {
    const now = await look(code).catch(() => null);
    if (now !== null && timesDone(now, deed) > timesDone(before, deed)) return now;
    throw reason instanceof Problem ? reason : new Problem("server");
  }
}
