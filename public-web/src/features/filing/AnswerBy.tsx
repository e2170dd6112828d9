// When an answer would be due if it were handed in now, by the server's own arithmetic. Nice to know; when it
// cannot be had, nothing is said.
import { ask } from "../../lib/api";
import { useDraft } from "../../lib/draft";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { readPolicy } from "../../lib/reads";
import { Notice } from "../../ui/parts";
import { words } from "./words";

async function dueDate(region: string, kind: string): Promise<string | null> {
  const { policy } = await readPolicy(region);
  const limit = policy.per_kind[kind]?.handle ?? policy.stages.handle;
  if (limit === undefined) return null;
  const { case_time: from } = await ask((api, signal) => api.GET("/api/v1/time", { signal }));
  const query = { from, region_code: region, amount: limit.amount, unit: limit.unit, roll: limit.roll };
  const { due_date: due } = await ask((api, signal) =>
    api.GET("/api/v1/deadlines", { params: { query }, signal }),
  );
  return due;
}

export function AnswerBy({ region }: { region: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const { kind } = useDraft();
  const load = useLoad(() => (kind === null ? null : dueDate(region, kind)), [region, kind]);
  if (load.state !== "ready" || load.data === null) return null;
  return (
    <div class="goes">
      <Notice tone="info" icon="clock">
        <p>{say.answerBy(day(load.data, language))}</p>
      </Notice>
    </div>
  );
}
