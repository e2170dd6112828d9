import { useQueryClient } from "@tanstack/react-query";
import { actions, word } from "@yidiantong/client";
import { App } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { adminApi } from "../../lib/api";
import { caseQuery } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { queuePlace } from "../../lib/queuePlace";
import type { ActionRequest, FormAction } from "./actionBody";
import { formWords } from "./words";

const CASES = "/api/v1/admin/complaints";

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
      predicate: ({ queryKey: [, path] }) => typeof path === "string" && path.startsWith(CASES),
    });

  const act = async (action: FormAction, seen: number, body: ActionRequest): Promise<ApiError | null> => {
    setBusy(true);
    setError(null);
    try {
      const params = { path: { id }, header: { "If-Match": `"${seen}"` } };
      const { data } = await adminApi.POST(`${CASES}/{id}/actions`, { params, body });
      if (data !== undefined) queries.setQueryData(queryKey, data);
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
    // Whoever hands a case away (return, transfer) has seen it for the last time.
    const gone = asApiError(queries.getQueryState(queryKey)?.error).status === 404;
    message.success(say(gone ? "gone" : "done", named));
    if (gone) void navigate(queuePlace.address());
    return null;
  };

  return { act, busy, error, clear: () => setError(null) };
}
