import { useQueryClient } from "@tanstack/react-query";
import type { FormInstance } from "antd";
import { useState } from "react";
import { mark, mended, placeFaults } from "./faults";
import { type ApiError, asApiError } from "./problem";

/**
 * Sends a form once; faults go to its fields, and what was asked before is asked anew: at once, or, where the page itself
 * has nothing to show any more, on the next page.
 */
export function useSend<Answer>(form: FormInstance, fields: readonly string[], anew: "now" | "next" = "now") {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const send = async (call: () => Promise<{ data?: Answer }>): Promise<Answer | null> => {
    setBusy(true);
    setError(null);
    try {
      const { data } = await call();
      await queries.invalidateQueries(anew === "now" ? {} : { refetchType: "none" });
      return data ?? null;
    } catch (thrown) {
      const refused = asApiError(thrown);
      setError(refused);
      const { placed } = placeFaults(refused, fields);
      mark(form, placed);
      const first = placed[0];
      if (first !== undefined) form.scrollToField(first.name, { block: "center", focus: true });
      return null;
    } finally {
      setBusy(false);
    }
  };
  /** Something was changed: what was found before is no longer about it. */
  const onChange = (changed: unknown) => {
    mended(form, changed);
    setError(null);
  };
  return { send, busy, error, onChange };
}
