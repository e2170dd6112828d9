// What would this deadline be? The server counts, by the county's calendar, as it would for a case.
import { explanations, formatDay, formatInstant, kinds, stages, word } from "@yidiantong/client";
import { Input, Select } from "antd";
import { useState } from "react";
import { $public } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { KINDS, type Limit, limitText, type Policy, STAGES } from "../../lib/policy";
import { chinaDay, useCaseNow } from "../../lib/time";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SkippedDays } from "../../ui/SkippedDays";
import { LimitField } from "./LimitField";
import { isAmount, LEAST, MOST } from "./limit";
import { words } from "./words";

interface Props {
  county: string;
  policy: Policy;
}

export function Tester({ county, policy }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const today = chinaDay(useCaseNow());
  const limits = limitsOf(policy);
  const [which, setWhich] = useState("handle");
  const [own, setOwn] = useState<Limit | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const limit = own ?? limits.find(({ key }) => key === which)?.limit;
  const fits = isAmount(limit);
  const from = typed ?? `${today}T09:00`;
  return (
    <section className="card" aria-labelledby="tester">
      <h2 id="tester">{say("tester")}</h2>
      <p className="quiet">{say("tester_lead")}</p>
      <div className="tester-fields">
        <div>
          <label htmlFor="tester-from">{say("tester_from")}</label>
          <Input
            id="tester-from"
            type="datetime-local"
            value={from}
            onChange={({ target }) => setTyped(target.value)}
          />
        </div>
        <div>
          <label htmlFor="tester-limit">{say("tester_limit")}</label>
          <Select
            id="tester-limit"
            value={which}
            popupMatchSelectWidth={false}
            onChange={(key: string) => {
              setWhich(key);
              setOwn(null);
            }}
            options={limits.map(({ key, kind, stage, limit: of }) => {
              const name = [
                ...(kind === null ? [] : [word(kinds, kind, language)]),
                word(stages, stage, language),
              ];
              return { value: key, label: `${name.join(" · ")}（${limitText(of, language)}）` };
            })}
          />
        </div>
        <div>
          <label htmlFor="tester-own">{say("tester_own")}</label>
          <LimitField
            id="tester-own"
            what={say("tester_own")}
            {...(limit === undefined ? {} : { value: limit })}
            onChange={(next) => setOwn(next ?? null)}
          />
          {fits ? null : (
            <p className="field-fault" role="alert">
              {say("bad_amount", { least: LEAST, most: MOST })}
            </p>
          )}
        </div>
      </div>
      {limit === undefined || from === "" || !fits ? null : (
        <Answer county={county} limit={limit} from={from} />
      )}
    </section>
  );
}

function Answer({ county, limit, from }: { county: string; limit: Limit; from: string }) {
  const language = useLanguage();
  const query = {
    from: `${from}:00+08:00`,
    amount: limit.amount,
    unit: limit.unit,
    ...(limit.roll == null ? {} : { roll: limit.roll }),
    region_code: county as never,
  };
  const { data, error, refetch } = $public.useQuery("get", "/api/v1/deadlines", { params: { query } });
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <PageLoading rows={2} />;
  const day = (date: string) => formatDay(date, language);
  const inDays = limit.unit === "working_day" || limit.unit === "calendar_day";
  return (
    <dl className="facts wide explain" aria-live="polite">
      <div>
        <dt>{word(explanations, "due_date", language)}</dt>
        <dd>
          <strong>{inDays ? day(data.due_date) : formatInstant(data.due_at, language)}</strong>
        </dd>
      </div>
      {data.provisional ? (
        <div>
          <dt>{word(explanations, "provisional", language)}</dt>
          <dd />
        </div>
      ) : null}
      {data.skipped.length === 0 ? null : (
        <div>
          <dt>{word(explanations, "skipped", language)}</dt>
          <dd>
            <SkippedDays days={data.skipped} day={day} />
          </dd>
        </div>
      )}
      <div>
        <dt>{word(explanations, "calendar_version", language)}</dt>
        <dd>{data.calendar_version}</dd>
      </div>
    </dl>
  );
}

interface Named {
  key: string;
  kind: (typeof KINDS)[number] | null;
  stage: (typeof STAGES)[number];
  limit: Limit;
}

/** Every limit of a policy: those of all, and those that a kind has of its own. */
function limitsOf(policy: Policy): Named[] {
  const named = (kind: Named["kind"]) =>
    STAGES.flatMap((stage): Named[] => {
      const limit = kind === null ? policy.stages[stage] : policy.per_kind[kind]?.[stage];
      const key = kind === null ? stage : `${kind}/${stage}`;
      return limit === undefined ? [] : [{ key, kind, stage, limit }];
    });
  return [named(null), ...KINDS.map(named)].flat();
}
