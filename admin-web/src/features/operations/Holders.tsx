// Who holds a post of a place now or later; whoever leaves today is written down in one press.
import { useQueryClient } from "@tanstack/react-query";
import { formatDay } from "@yidiantong/client";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import type { Holding } from "../../lib/organisations";
import { type ApiError, asApiError } from "../../lib/problem";
import { chinaDay, useCaseNow } from "../../lib/time";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import type { Holder } from "./PostsPage";
import { postWords as words } from "./words";

interface Props {
  posts: readonly { value: string; label: string; holders: readonly Holding[] }[];
  onEnded: (holder: Holder | null) => void;
}

export function Holders({ posts, onEnded }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const queries = useQueryClient();
  const today = chinaDay(useCaseNow());
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const rows = posts.flatMap(({ value, label, holders }) =>
    holders.map((held) => ({ key: `${value} ${held.staff_id} ${held.from}`, post: value, label, held })),
  );

  const end = async (key: string, post: string, { staff_id, from }: Holding) => {
    setBusy(key);
    setError(null);
    onEnded(null);
    try {
      const params = { path: { id: post } };
      const body = { staff_id, from, until: today };
      const { data } = await adminApi.POST("/api/v1/admin/posts/{id}/holders", { params, body });
      await queries.invalidateQueries();
      onEnded(data ?? null);
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(null);
    }
  };

  if (rows.length === 0) return <p className="quiet">{say("nobody_now")}</p>;
  return (
    <>
      {error === null ? null : <ProblemAlert error={error} />}
      <div className="card table-scroll">
        <table className="plain-table card-rows">
          <thead>
            <tr>
              <th scope="col">{say("post")}</th>
              <th scope="col">{say("staff_id")}</th>
              <th scope="col">{say("from")}</th>
              <th scope="col">{say("last")}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, post, label, held }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td data-label={say("staff_id")}>
                  {held.name} {held.from > today ? <small>{say("coming")}</small> : null}
                </td>
                <td data-label={say("from")} className="whole">
                  {formatDay(held.from, language)}
                </td>
                <td data-label={say("last")} className="whole">
                  {held.until == null ? say("open") : formatDay(held.until, language)}
                </td>
                <td className="staff-do">
                  {held.from <= today && held.until !== today ? (
                    <SendButton
                      size="small"
                      loading={busy === key}
                      disabled={busy !== null && busy !== key}
                      aria-label={say("end_of", { name: held.name, post: label })}
                      onClick={() => void end(key, post, held)}
                    >
                      {say("end")}
                    </SendButton>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
