// Who the complainant is: asked for here, decided among the proposals, and shown here once.
import {
  type AdminComponents,
  formatDay,
  identityReasons,
  newIdempotencyKey,
  proposalStates,
  word,
} from "@yidiantong/client";
import { Button, Typography } from "antd";
import { useRef, useState } from "react";
import { $admin, adminApi } from "../../lib/api";
import type { CaseView } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { useRenewMs } from "../../lib/live";
import { type ApiError, asApiError } from "../../lib/problem";
import { supervisesComplaints, useStaff } from "../../lib/session";
import { lastDay } from "../../lib/time";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { shortInstant } from "../../ui/shortInstant";
import { IdentityForm } from "./IdentityForms";
import { identityWords as words } from "./identityWords";
import { words as caseWords } from "./words";

type Schemas = AdminComponents["schemas"];
type Request = Schemas["IdentityRequestView"];

interface Props {
  view: CaseView;
  year: number;
}

export function Identity({ view, year }: Props) {
  const { role } = useStaff();
  const known = view.identity_mode != null && view.identity_mode !== "anonymous";
  if (!known || !supervisesComplaints(role)) return null;
  return <Card view={view} year={year} />;
}

function Card({ view, year }: Props) {
  const say = useText(words);
  const [asking, setAsking] = useState<"reveal" | "reissue" | null>(null);
  const params = { query: { complaint_id: view.id } };
  const requests = $admin.useQuery(
    "get",
    "/api/v1/admin/identity-requests",
    { params },
    { refetchInterval: useRenewMs() },
  );
  const own = requests.data?.items ?? [];
  return (
    <section className="card identity" aria-labelledby="identity">
      <h2 id="identity">{say("title")}</h2>
      <p className="quiet">{say("lead")}</p>
      <Looks view={view} year={year} />
      {own.length === 0 ? null : (
        <>
          <h3>{say("own")}</h3>
          {own.map((one) => (
            <One key={one.id} one={one} year={year} onUsed={() => void requests.refetch()} />
          ))}
        </>
      )}
      {view.may_request_identity && asking === null ? (
        <div className="action-buttons">
          <Button onClick={() => setAsking("reveal")}>{say("reveal")}</Button>
          <Button onClick={() => setAsking("reissue")}>{say("reissue")}</Button>
        </div>
      ) : null}
      {asking === null ? null : (
        <IdentityForm
          key={asking}
          complaint={view.id}
          purpose={asking}
          onClose={() => setAsking(null)}
          onAsked={() => {
            setAsking(null);
            void requests.refetch();
          }}
        />
      )}
    </section>
  );
}

/** What the complainant sees too. */
function Looks({ view, year }: Props) {
  const say = useText(words);
  const sayCase = useText(caseWords);
  const language = useLanguage();
  if (view.identity_views.length === 0) return null;
  const level = (n: number) => sayCase(n === 3 ? "level_3" : n === 2 ? "level_2" : "level_1");
  return (
    <>
      <h3>{say("looked")}</h3>
      <ul>
        {view.identity_views.map((look, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows, and two looks may be alike
          <li key={index}>
            {say("looked_line", {
              date: formatDay(look.date, language, year),
              level: level(look.level),
              reason: word(identityReasons, look.reason_code, language),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

type Told = { who: Schemas["IdentityView"] } | { code: string };

function One({ one, year, onUsed }: { one: Request; year: number; onUsed: () => void }) {
  const say = useText(words);
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  // An answer lost on its way comes again under the same key.
  const key = useRef(newIdempotencyKey());
  const reveals = one.purpose === "reveal";

  const use = async () => {
    setBusy(true);
    setError(null);
    const path = { id: one.id };
    try {
      if (reveals) {
        const { data } = await adminApi.POST("/api/v1/admin/vault/identity-requests/{id}/read", {
          params: { path },
        });
        if (data !== undefined) setTold({ who: data });
      } else {
        const { data } = await adminApi.POST("/api/v1/admin/vault/receipts/{id}/reissue", {
          params: { path, header: { "Idempotency-Key": key.current } },
        });
        if (data !== undefined) setTold({ code: data.receipt_code });
      }
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(false);
      onUsed();
    }
  };

  const until = formatDay(lastDay(one.until), language, year);
  const at = one.done_at == null ? null : shortInstant(one.done_at, language, year);
  return (
    <div className="proposal">
      <p>
        <b>{say(reveals ? "for_reveal" : "for_reissue")}</b>{" "}
        <span className="quiet">{word(proposalStates, one.state, language)}</span>
      </p>
      <p className="words">{one.reason}</p>
      {one.state === "waiting" ? <p className="quiet">{say("until_decide", { until })}</p> : null}
      {at === null ? null : (
        <p className="quiet">
          {say(reveals ? "done" : one.outcome === "receipt_reissued" ? "done_reissue" : "done_refused", {
            at,
          })}
        </p>
      )}
      {one.may_use ? (
        <>
          <p className="proposal-until">{say("until_use", { until })}</p>
          <div className="action-end">
            <SendButton type="primary" loading={busy} onClick={() => void use()}>
              {say(reveals ? "read" : "collect")}
            </SendButton>
          </div>
        </>
      ) : null}
      {error === null ? null : <ProblemAlert error={error} />}
      {told === null ? null : <Once told={told} onHide={() => setTold(null)} />}
    </div>
  );
}

/** Kept by this page alone, and gone with it. */
function Once({ told, onHide }: { told: Told; onHide: () => void }) {
  const say = useText(words);
  const rows =
    "who" in told
      ? ([
          ["name", told.who.name],
          ["phone", told.who.phone],
          ["email", told.who.email],
        ] as const)
      : [];
  return (
    <div className="once" role="status">
      <p className="proposal-until">{say("shown")}</p>
      {"who" in told ? (
        <dl className="facts">
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{say(name)}</dt>
              <dd>{value ?? say("no_name")}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <>
          <p>{say("new_code")}</p>
          <Typography.Text copyable className="once-code">
            {told.code.replace(/(\d{4})(?=\d)/g, "$1 ")}
          </Typography.Text>
          <p>{say("old_dead")}</p>
        </>
      )}
      <Button onClick={onHide}>{say("hide")}</Button>
    </div>
  );
}
