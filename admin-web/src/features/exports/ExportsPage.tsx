// Cases as a file: asked for here, decided among the proposals, fetched here.
import { type AdminComponents, formatDay, proposalStates, states, word } from "@yidiantong/client";
import { App, Form, Input, Select } from "antd";
import { useState } from "react";
import "../../styles/page.css";
import "../../styles/proposals.css";
import { $admin, adminApi } from "../../lib/api";
import { useCategories } from "../../lib/cases";
import { mark, mended, placeFaults } from "../../lib/faults";
import { useLanguage, useText } from "../../lib/i18n";
import { DEAF_MS } from "../../lib/live";
import { type ApiError, asApiError } from "../../lib/problem";
import { readsComplaints, useStaff } from "../../lib/session";
import { chinaYear, lastDay, useCaseNow } from "../../lib/time";
import { Forbidden } from "../../ui/Forbidden";
import { FormFailure } from "../../ui/FormFailure";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { RegionSelect } from "../../ui/RegionSelect";
import { SendButton } from "../../ui/SendButton";
import { shortInstant } from "../../ui/shortInstant";
import { words } from "./words";

type Export = AdminComponents["schemas"]["CaseExportView"];

const EXPORTS = "/api/v1/admin/exports";
/** As the server has it. */
const SHORTEST = 10;
const LONGEST = 2000;
const FIELDS = ["state", "region_code", "category", "received_from", "received_until", "reason"] as const;

interface Typed {
  state?: string;
  region_code?: string;
  category?: string;
  received_from?: string;
  received_until?: string;
  reason: string;
}

export function Component() {
  return readsComplaints(useStaff().role) ? <Exports /> : <Forbidden />;
}

function Exports() {
  const say = useText(words);
  const own = $admin.useQuery("get", EXPORTS, {}, { refetchInterval: DEAF_MS });
  const year = chinaYear(useCaseNow());
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")} />
      <Ask onAsked={() => void own.refetch()} />
      <section aria-labelledby="own">
        <h2 id="own">{say("own")}</h2>
        {own.isPending ? <PageLoading rows={3} /> : null}
        {own.error === null ? null : <ProblemAlert error={own.error} onRetry={() => void own.refetch()} />}
        {own.data?.items.length === 0 ? <p className="quiet">{say("none")}</p> : null}
        <div className="proposals">
          {own.data?.items.map((one) => (
            <One key={one.id} one={one} year={year} />
          ))}
        </div>
      </section>
    </div>
  );
}

function Ask({ onAsked }: { onAsked: () => void }) {
  const say = useText(words);
  const language = useLanguage();
  const categories = useCategories();
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  const submit = async ({ reason, ...chosen }: Typed) => {
    setBusy(true);
    setError(null);
    const which = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value));
    try {
      await adminApi.POST(EXPORTS, { body: { which, reason: reason.trim() } });
      message.success(say("proposed"));
      form.resetFields();
      onAsked();
    } catch (thrown) {
      const refused = asApiError(thrown);
      setError(refused);
      mark(form, placeFaults(refused, FIELDS).placed);
    } finally {
      setBusy(false);
    }
  };

  const stateOptions = [
    { value: "open", label: say("open") },
    ...Object.keys(states).map((value) => ({ value, label: word(states, value, language) })),
  ];
  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card page-form"
      aria-label={say("ask")}
      onValuesChange={(changed) => mended(form, changed)}
      onFinish={(typed) => void submit(typed)}
    >
      <div className="two-columns">
        <Form.Item name="state" label={say("state")}>
          <Select allowClear placeholder={say("any")} options={stateOptions} />
        </Form.Item>
        <Form.Item name="category" label={say("category")}>
          <Select
            allowClear
            placeholder={say("any")}
            options={categories.open.map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="region_code" label={say("region")}>
        <RegionSelect levels={["village", "township", "county", "city"]} />
      </Form.Item>
      <div className="two-columns">
        <Form.Item name="received_from" label={say("from")}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="received_until" label={say("until")}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item
        name="reason"
        label={say("reason")}
        rules={[{ required: true, whitespace: true, min: SHORTEST, message: say("short") }]}
        validateTrigger="onBlur"
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={LONGEST} />
      </Form.Item>
      {error === null ? null : <FormFailure error={error} fields={FIELDS} />}
      <SendButton type="primary" htmlType="submit" loading={busy}>
        {say("propose")}
      </SendButton>
    </Form>
  );
}

/** How many cases there were at most when it was asked for. */
const casesOf = (which: unknown): number =>
  typeof which === "object" &&
  which !== null &&
  "cases_up_to" in which &&
  typeof which.cases_up_to === "number"
    ? which.cases_up_to
    : 0;

function One({ one, year }: { one: Export; year: number }) {
  const say = useText(words);
  const language = useLanguage();
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const at = (instant: string) => shortInstant(instant, language, year);
  const until = formatDay(lastDay(one.until), language, year);

  const fetch = async (format: "csv" | "xlsx") => {
    setBusy(format);
    setError(null);
    try {
      const params = { path: { id: one.id, format } };
      const { data } = await adminApi.GET(`${EXPORTS}/{id}/{format}`, { params, parseAs: "blob" });
      const url = URL.createObjectURL(data as unknown as Blob);
      const link = document.createElement("a");
      link.href = url;
      link.download = `cases-${one.created_at.slice(0, 10)}.${format}`;
      link.click();
      URL.revokeObjectURL(url);
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(null);
    }
  };

  return (
    <article className={`card proposal ${one.state}`} aria-label={one.reason}>
      <header>
        <h3>{one.reason}</h3>
        <span className="state-tag plain">{word(proposalStates, one.state, language)}</span>
      </header>
      <p className="quiet">
        {say("asked", { at: at(one.created_at) })} · {say("cases", { n: casesOf(one.which) })}
      </p>
      {one.state === "waiting" ? <p className="proposal-until">{say("decide_by", { until })}</p> : null}
      {one.fetched_at == null ? null : <p className="quiet">{say("fetched", { at: at(one.fetched_at) })}</p>}
      {one.may_fetch ? (
        <>
          <p className="proposal-until">{say("use_by", { until })}</p>
          <div className="action-end">
            {(["csv", "xlsx"] as const).map((format) => (
              <SendButton
                key={format}
                loading={busy === format}
                disabled={busy !== null}
                onClick={() => void fetch(format)}
              >
                {say(format)}
              </SendButton>
            ))}
          </div>
        </>
      ) : null}
      {error === null ? null : <ProblemAlert error={error} />}
    </article>
  );
}
