import { useQueryClient } from "@tanstack/react-query";
import type { AdminComponents } from "@yidiantong/client";
import { Button, Form, Input, Radio, Upload } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { mark, mended, placeFaults } from "../../lib/faults";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { type ApiError, asApiError } from "../../lib/problem";
import { useStaff } from "../../lib/session";
import { FormFailure } from "../../ui/FormFailure";
import { useLeaveGuard } from "../../ui/leaving";
import { MovedCases } from "../../ui/MovedCases";
import { RegionSelect } from "../../ui/RegionSelect";
import { SendButton } from "../../ui/SendButton";
import { uiWords } from "../../ui/words";
import { type Rows, readHours, readRows } from "./rows";
import { words } from "./words";

type Schemas = AdminComponents["schemas"];
type Preview = Schemas["CalendarPreview"];

const FIELDS = ["region_code", "days", "office_hours", "source", "reason"] as const;

interface Typed {
  scope: "region" | "country";
  region_code: string;
  days?: string;
  office_hours?: string;
  source: string;
  reason?: string;
}

interface Props {
  region: string;
  /** With the end of the proposal's time, or `null` when nothing was proposed. */
  onClose: (until: string | null) => void;
}

export function ChangeForm({ region, onClose }: Props) {
  const say = useText(words);
  const both = useText(common);
  const sayUi = useText(uiWords);
  const queries = useQueryClient();
  const { region_code: own } = useStaff();
  const [form] = Form.useForm<Typed>();
  const scope = Form.useWatch("scope", form) ?? "region";
  const [busy, setBusy] = useState<"look" | "propose" | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [touched, setTouched] = useState(false);
  useLeaveGuard(touched, { title: sayUi("unsaved"), text: sayUi("unsaved_do") });

  const show = (refused: ApiError, { lines }: Rows) => {
    setError(refused);
    const { placed } = placeFaults(refused, FIELDS);
    const named = placed.map(({ name, errors }) => ({
      name,
      errors: name[0] === "days" ? daysFaults(refused, lines, say) : errors,
    }));
    mark(form, named);
  };

  const send = async (how: "look" | "propose") => {
    const typed = await form.validateFields().catch(() => null);
    if (typed === null) return;
    const rows = readRows(typed.days ?? "");
    const hours = (typed.office_hours ?? "").trim();
    const ranges = hours === "" ? undefined : readHours(hours);
    const [wrong] = rows.bad;
    if (wrong !== undefined) {
      const detail = say("bad_line");
      form.setFields([{ name: "days", errors: rows.bad.map((n) => say("line_fault", { n, detail })) }]);
      return;
    }
    if (ranges === null) {
      form.setFields([{ name: "office_hours", errors: [say("bad_hours")] }]);
      return;
    }
    const reason = typed.reason?.trim() ?? "";
    const body: Schemas["CalendarBody"] = {
      ...(typed.scope === "country" ? {} : { region_code: typed.region_code }),
      ...(rows.days.length === 0 ? {} : { days: rows.days }),
      ...(ranges === undefined ? {} : { office_hours: ranges }),
      ...(reason === "" ? {} : { reason }),
      source: typed.source.trim(),
    };
    setBusy(how);
    setError(null);
    try {
      const params = how === "look" ? { query: { preview: true } } : {};
      const { data } = await adminApi.POST("/api/v1/admin/calendars", { params, body });
      if (data !== undefined && "proposal_id" in data) {
        await queries.invalidateQueries();
        onClose(data.expires_at);
      } else setPreview(data ?? null);
    } catch (thrown) {
      show(asApiError(thrown), rows);
    } finally {
      setBusy(null);
    }
  };

  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card page-form"
      aria-label={say("form")}
      initialValues={{ scope: "region", region_code: region }}
      onValuesChange={(changed) => {
        mended(form, changed);
        setTouched(true);
        setPreview(null);
        setError(null);
      }}
      onFinish={() => void send("propose")}
    >
      <h2>{say("form")}</h2>
      <Form.Item name="scope" label={say("scope")}>
        <Radio.Group
          aria-label={say("scope")}
          options={[
            { value: "region", label: say("scope_region") },
            ...(isCountyOrAbove(own) ? [{ value: "country", label: say("scope_country") }] : []),
          ]}
        />
      </Form.Item>
      {scope === "region" ? (
        <Form.Item
          name="region_code"
          label={say("for_place")}
          rules={[{ required: true, message: say("need") }]}
        >
          <RegionSelect levels={["city", "county", "township", "village"]} />
        </Form.Item>
      ) : null}
      <Form.Item name="days" label={say("rows")} extra={say("rows_hint")}>
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 16 }} className="code-text" />
      </Form.Item>
      <Form.Item>
        <Upload
          accept=".csv,text/csv"
          showUploadList={false}
          beforeUpload={(file) => {
            void file.text().then((text) => {
              form.setFields([{ name: "days", value: text, errors: [] }]);
              setPreview(null);
            });
            return false;
          }}
        >
          <Button size="small">{say("file")}</Button>
        </Upload>
      </Form.Item>
      <Form.Item name="office_hours" label={say("hours_new")} extra={say("hours_hint")}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="source"
        label={say("source")}
        rules={[{ required: true, whitespace: true, message: say("need") }]}
      >
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <Form.Item name="reason" label={say("reason") + both("optional")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      {preview === null ? null : <MovedCases preview={preview} />}
      {error === null ? null : <FormFailure error={error} fields={FIELDS} />}
      <div className="action-end">
        <SendButton onClick={() => void send("look")} loading={busy === "look"}>
          {say("look")}
        </SendButton>
        <SendButton type="primary" htmlType="submit" loading={busy === "propose"}>
          {say("submit")}
        </SendButton>
        <Button onClick={() => onClose(null)}>{both("cancel")}</Button>
      </div>
    </Form>
  );
}

/** What is for everybody may be proposed from a county up; the server decides. */
const isCountyOrAbove = (code: string): boolean => code.endsWith("000000");

/** Faults of days, named by the lines people wrote. */
function daysFaults(
  error: ApiError,
  lines: readonly number[],
  say: (key: "line_fault", values: { n: number; detail: string }) => string,
): string[] {
  return error.faults.flatMap(({ pointer, detail }) => {
    const at = /^\/days\/(\d+)/.exec(pointer)?.[1];
    if (at === undefined) return pointer === "/days" ? [detail] : [];
    return [say("line_fault", { n: lines[Number(at)] ?? Number(at) + 1, detail })];
  });
}
