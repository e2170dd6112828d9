// Why a clock ends when it does: the server's own arithmetic, line by line.
import {
  explanations,
  formatDay,
  formatInstant,
  limitUnits,
  moveReasons,
  stages,
  word,
} from "@yidiantong/client";
import { Modal } from "antd";
import type { ReactNode } from "react";
import { $admin } from "../../lib/api";
import type { TimerView } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SkippedDays } from "../../ui/SkippedDays";
import { words } from "./words";

interface Props {
  id: string;
  timer: TimerView;
  year: number;
  onClose: () => void;
}

export function Explain({ id, timer, year, onClose }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const params = { path: { id, stage: timer.stage }, query: { round: timer.round } };
  const { data, error, isPending, refetch } = $admin.useQuery(
    "get",
    "/api/v1/admin/complaints/{id}/timers/{stage}/explain",
    { params },
  );
  const line = (code: keyof typeof explanations, value: ReactNode) => (
    <div key={code}>
      <dt>{word(explanations, code, language)}</dt>
      <dd>{value}</dd>
    </div>
  );
  const day = (date: string) => formatDay(date, language, year);
  const at = (instant: string) => formatInstant(instant, language, year);
  const unit = data === undefined ? "" : word(limitUnits, data.limit.unit, language);
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      title={say("explain_title", { stage: word(stages, timer.stage, language) })}
    >
      {isPending ? <PageLoading rows={4} /> : null}
      {error === null || data !== undefined ? null : (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      )}
      {data === undefined ? null : (
        <dl className="facts wide explain">
          {line("limit", `${data.limit.amount} ${unit}`)}
          {line("started_at", at(data.started_at))}
          {line("due_date", <strong>{day(data.due_date)}</strong>)}
          {data.provisional ? line("provisional", "") : null}
          {data.skipped.length === 0 ? null : line("skipped", <SkippedDays days={data.skipped} day={day} />)}
          {data.pauses.length === 0
            ? null
            : line(
                "pauses",
                <ul>
                  {data.pauses.map(({ from, to }) => (
                    <li key={from}>
                      {at(from)} – {to == null ? say("explain_now") : at(to)}
                    </li>
                  ))}
                </ul>,
              )}
          {data.extensions.length === 0
            ? null
            : line(
                "extensions",
                <ul>
                  {data.extensions.map(({ at: when, by }) => (
                    <li key={when}>
                      {at(when)} +{by} {unit}
                    </li>
                  ))}
                </ul>,
              )}
          {data.previous.length === 0
            ? null
            : line(
                "previous",
                <ul>
                  {data.previous.map((moved) => (
                    <li key={moved.at}>
                      {day(moved.due_date)} · {word(moveReasons, moved.reason, language)}
                    </li>
                  ))}
                </ul>,
              )}
          {data.kept ? line("kept", "") : null}
          {line("policy_version", data.policy_version)}
          {line("calendar_version", data.calendar_version)}
        </dl>
      )}
    </Modal>
  );
}
