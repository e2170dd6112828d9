// Whom a case is about, as it turned out. The server routes it anew; whoever corrected it may lose sight of it.
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { adminApi } from "../../lib/api";
import { type CaseView, caseQuery } from "../../lib/cases";
import { mark, mended, placeFaults } from "../../lib/faults";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { type ApiError, asApiError } from "../../lib/problem";
import { queuePlace } from "../../lib/queuePlace";
import { type Targets, targetsBody, targetsOf } from "../../lib/targets";
import { formWords } from "../../ui/acts/words";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { TargetsField } from "../../ui/TargetsField";
import { words } from "./words";

const OPEN: ReadonlySet<CaseView["state"]> = new Set([
  "submitted",
  "awaiting_supplement",
  "accepted",
  "dispatched",
  "handling",
  "under_review",
]);
const FIELDS = ["targets", "reason"] as const;

interface Typed {
  targets: Targets;
  reason: string;
}

/** As far as it can be told here who supervises: who reads the words and may act. The server decides. */
export const mayCorrect = (view: CaseView): boolean =>
  view.text != null && view.allowed_actions.length > 0 && OPEN.has(view.state);

export function TargetsForm({ view, onClose }: { view: CaseView; onClose: () => void }) {
  const say = useText(words);
  const sayForm = useText(formWords);
  const both = useText(common);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const [seen] = useState(view.version);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  const submit = async ({ targets, reason }: Typed) => {
    setBusy(true);
    setError(null);
    try {
      const params = { path: { id: view.id }, header: { "If-Match": `"${seen}"` } };
      const body = { targets: targetsBody(targets), reason: reason.trim() };
      const { data } = await adminApi.PUT("/api/v1/admin/complaints/{id}/targets", { params, body });
      const gone = data === undefined;
      if (!gone) queries.setQueryData(caseQuery(view.id).queryKey, data);
      message.success(say(gone ? "targets_gone" : "targets_done"));
      onClose();
      if (gone) void navigate(queuePlace.address());
      await queries.invalidateQueries();
    } catch (thrown) {
      const refused = asApiError(thrown);
      setError(refused);
      const { placed } = placeFaults(refused, FIELDS);
      mark(form, placed);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="action-form"
      aria-label={say("targets_change")}
      initialValues={{ targets: targetsOf(view.targets) }}
      onValuesChange={(changed) => mended(form, changed)}
      onFinish={(typed) => void submit(typed)}
    >
      <p className="action-say">{say("targets_say")}</p>
      <Form.Item name="targets" label={say("targets")}>
        <TargetsField region={view.region_code} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={say("targets_reason")}
        rules={[{ required: true, whitespace: true, message: sayForm("need") }]}
        validateTrigger="onBlur"
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      {error === null ? null : (
        <ProblemAlert
          error={error}
          shownAt={placeFaults(error, FIELDS).placed.length > 0 ? error.faults.map((f) => f.pointer) : []}
        />
      )}
      <div className="action-end">
        <SendButton type="primary" danger htmlType="submit" loading={busy}>
          {say("targets_change")}
        </SendButton>
        <Button onClick={onClose}>{both("cancel")}</Button>
      </div>
    </Form>
  );
}
