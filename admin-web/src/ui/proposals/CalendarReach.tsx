// Whom a new calendar would move, for the second person: the proposer has seen it, and so must whoever agrees.
import { useQuery } from "@tanstack/react-query";
import type { AdminComponents } from "@yidiantong/client";
import { adminApi } from "../../lib/api";
import { MovedCases } from "../MovedCases";
import { PageLoading } from "../PageLoading";
import { ProblemAlert } from "../ProblemAlert";
import { type Body, days, text } from "./body";

type Asked = AdminComponents["schemas"]["CalendarBody"];

/** What was proposed, as it would be asked for. */
function asked(body: Body): Asked {
  const region = text(body, "region");
  return {
    source: text(body, "source") ?? "",
    ...(region === null ? {} : { region_code: region }),
    ...(days(body).length === 0 ? {} : { days: days(body) as NonNullable<Asked["days"]> }),
    ...(Array.isArray(body.hours) ? { office_hours: body.hours as NonNullable<Asked["office_hours"]> } : {}),
  };
}

export function CalendarReach({ id, body }: { id: string; body: Body }) {
  const found = useQuery({
    queryKey: ["calendar-reach", id],
    queryFn: async ({ signal }) => {
      const params = { query: { preview: true } };
      const { data } = await adminApi.POST("/api/v1/admin/calendars", { params, body: asked(body), signal });
      if (data === undefined || !("moved" in data)) throw new Error("an answer of another kind");
      return data;
    },
  });
  if (found.isPending) return <PageLoading rows={2} />;
  if (found.data === undefined) {
    return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  }
  return <MovedCases preview={found.data} />;
}
