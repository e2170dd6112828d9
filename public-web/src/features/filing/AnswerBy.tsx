// When an answer would be due if it were handed in now, by the server's own arithmetic. Nice to know; when it
// cannot be had, nothing is said.
import { ask } from "../../lib/api";
import { useDraft } from "../../lib/draft";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { type Limit, limitWords } from "../../lib/limits";
import { useLoad } from "../../lib/load";
import { readPolicy } from "../../lib/reads";
import { Notice } from "../../ui/parts";
import { words } from "./words";

interface Promised {
  limit: Limit;
  /** How long it may take until somebody has read it. */
  accept: Limit | undefined;
  date: string;
  /** A year on the way has no announced holidays yet. */
  provisional: boolean;
}

async function promised(region: string, kind: string): Promise<Promised | null> {
  const { policy } = await readPolicy(region);
  const limit = policy.per_kind[kind]?.handle ?? policy.stages.handle;
  if (limit === undefined) return null;
  const { case_time: from } = await ask((api, signal) => api.GET("/api/v1/time", { signal }));
  const query = { from, region_code: region, amount: limit.amount, unit: limit.unit, roll: limit.roll };
  const due = await ask((api, signal) => api.GET("/api/v1/deadlines", { params: { query }, signal }));
  const accept = policy.per_kind[kind]?.accept ?? policy.stages.accept;
  return { limit, accept, date: due.due_date, provisional: due.provisional };
}

export function AnswerBy({ region }: { region: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const { kind } = useDraft();
  const load = useLoad(() => (kind === null ? null : promised(region, kind)), [region, kind]);
  if (load.state !== "ready" || load.data === null) return null;
  const { limit, accept, date, provisional } = load.data;
  return (
    <div class="goes" role="status">
      <Notice tone="info" icon="clock">
        <p>{say.answerBy(day(date, language))}</p>
        <p>
          {accept === undefined ? null : say.acceptWithin(limitWords(accept, language))}
          {say.answerWithin(limitWords(limit, language))}
        </p>
        {provisional ? <p>{say.answerTentative}</p> : null}
      </Notice>
    </div>
  );
}
