import { useQueryClient } from "@tanstack/react-query";
import { actions, formatDay, word } from "@yidiantong/client";
import { App } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { adminApi } from "../../lib/api";
import { caseQuery } from "../../lib/cases";
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

/** Does one thing to a case as it was seen; what comes back says why not, or `null`. */
export function useAct(id: string) {
  const say = useText(formWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const { queryKey } = caseQuery(id);

  /** Lists, counts, history, choices: everything a step may have changed. */
  const renewAll = () =>
    queries.invalidateQueries({
      predicate: ({ queryKey: [, path] }) =>
        typeof path === "string" && (path.startsWith(CASES) || path.startsWith(PROPOSALS)),
    });

  const act = async (action: FormAction, seen: number, body: ActionRequest): Promise<ApiError | null> => {
    setBusy(true);
    setError(null);
    let waits: string | null = null;
    let alsoWaits = false;
    try {
      const params = { path: { id }, header: { "If-Match": `"${seen}"` } };
      const { data } = await adminApi.POST(`${CASES}/{id}/actions`, { params, body });
      if (data !== undefined && "version" in data) {
        queries.setQueryData(queryKey, data);
        alsoWaits = data.proposal_id != null;
      } else if (data !== undefined) waits = data.expires_at;
    } catch (thrown) {
      const refused = asApiError(thrown);
      setError(refused);
      // The page must show what the refusal was about.
      if (refused.status === 412 || refused.status === 409) await renewAll();
      return refused;
    } finally {
      setBusy(false);
    }
    const named = { action: word(actions, action, language) };
    await renewAll();
    if (waits !== null) {
      const until = formatDay(lastDay(waits), language, chinaYear(Date.parse(waits)));
      message.success(say("proposed", { ...named, until }), LONG_S);
      return null;
    }
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
