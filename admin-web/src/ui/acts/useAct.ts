import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { actions, formatDay, word } from "@yidiantong/client";
import { App } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { adminApi } from "../../lib/api";
import { type CaseView, caseQuery } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { PROPOSALS } from "../../lib/proposals";
import { queuePlace } from "../../lib/queuePlace";
import { chinaYear, lastDay } from "../../lib/time";
import type { ActionRequest, FormAction } from "./actionBody";
import { formWords } from "./words";

const CASES = "/api/v1/admin/complaints";
/** Seconds for a message of more than one sentence. */
const LONG_S = 8;

/** Lists, counts, history, choices: everything a step may have changed. */
export const renewCases = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({
    predicate: ({ queryKey: [, path] }) =>
      typeof path === "string" && (path.startsWith(CASES) || path.startsWith(PROPOSALS)),
  });

type Outcome =
  /** The case as it is now. */
  | { error: null; view: CaseView }
  /** It waits for a second person until then. */
  | { error: null; waits: string }
  | { error: ApiError };

/** Does one thing to a case as it was seen. */
export async function sendAction(id: string, seen: number, body: ActionRequest): Promise<Outcome> {
  try {
    const params = { path: { id }, header: { "If-Match": `"${seen}"` } };
    const { data } = await adminApi.POST(`${CASES}/{id}/actions`, { params, body });
    if (data === undefined) return { error: asApiError(undefined) };
    return "version" in data ? { error: null, view: data } : { error: null, waits: data.expires_at };
  } catch (thrown) {
    return { error: asApiError(thrown) };
  }
}

/** Does one thing to a case and says what became of it; what comes back says why not, or `null`. `stays`: on a page
 * that does not go with the case. */
export function useAct(id: string, stays: boolean) {
  const say = useText(formWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const { queryKey } = caseQuery(id);

  const act = async (action: FormAction, seen: number, body: ActionRequest): Promise<ApiError | null> => {
    setBusy(true);
    setError(null);
    const outcome = await sendAction(id, seen, body);
    setBusy(false);
    if (outcome.error !== null) {
      setError(outcome.error);
      // The page must show what the refusal was about.
      if (outcome.error.status === 412 || outcome.error.status === 409) await renewCases(queries);
      return outcome.error;
    }
    if ("view" in outcome) queries.setQueryData(queryKey, outcome.view);
    const named = { action: word(actions, action, language) };
    const renewed = renewCases(queries);
    if ("waits" in outcome) {
      await renewed;
      const until = formatDay(lastDay(outcome.waits), language, chinaYear(Date.parse(outcome.waits)));
      message.success(say("proposed", { ...named, until }), LONG_S);
      return null;
    }
    const alsoWaits = outcome.view.proposal_id != null;
    if (stays) {
      // The next case does not wait for the lists.
      message.success(say(alsoWaits ? "done_words_wait" : "done", named), alsoWaits ? LONG_S : undefined);
      return null;
    }
    await renewed;
    // Whoever hands a case away (return, transfer) has seen it for the last time.
    const gone = asApiError(queries.getQueryState(queryKey)?.error).status === 404;
    message.success(
      say(gone ? "gone" : alsoWaits ? "done_words_wait" : "done", named),
      alsoWaits ? LONG_S : undefined,
    );
    if (gone) void navigate(queuePlace.address());
    return null;
  };

  return { act, busy, error, clear: () => setError(null) };
}
