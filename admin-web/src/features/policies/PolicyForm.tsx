// A form for every number of a policy. What changes stands below it before anything is proposed.
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { mark, mended, placeFaults } from "../../lib/faults";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { type Policy, policyDifferences } from "../../lib/policy";
import { type ApiError, asApiError } from "../../lib/problem";
import { Differences } from "../../ui/Differences";
import { FormFailure } from "../../ui/FormFailure";
import { useLeaveGuard } from "../../ui/leaving";
import { SendButton } from "../../ui/SendButton";
import { uiWords } from "../../ui/words";
import { Ladder, Limits, Numbers } from "./PolicyParts";
import { asPolicy, bodyOf, FIELDS, inForm, type Typed, typedOf } from "./policyForm";
import { words } from "./words";

interface Props {
  county: string;
  current: Policy;
  /** With the end of the proposal's time, or `null` when nothing was proposed. */
  onClose: (until: string | null) => void;
}

export function PolicyForm({ county, current, onClose }: Props) {
  const say = useText(words);
  const both = useText(common);
  const sayUi = useText(uiWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const [form] = Form.useForm<Typed>();
  const [typed, setTyped] = useState<Typed>(() => typedOf(current));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const changes = policyDifferences(current, asPolicy(bodyOf(typed), current), language);
  useLeaveGuard(changes.length > 0 || (typed.reason ?? "").trim() !== "", {
    title: sayUi("unsaved"),
    text: sayUi("unsaved_do"),
  });

  const submit = async () => {
    const all = { ...typed, ...form.getFieldsValue(true) } as Typed;
    setBusy(true);
    setError(null);
    try {
      const params = { path: { county_code: county }, header: { "If-Match": `"${current.version}"` } };
      const { data } = await adminApi.PUT("/api/v1/admin/policies/{county_code}", {
        params,
        body: bodyOf(all),
      });
      await queries.invalidateQueries();
      onClose(data?.expires_at ?? null);
    } catch (thrown) {
      const refused = inForm(asApiError(thrown), all);
      setError(refused);
      const { placed } = placeFaults(refused, FIELDS);
      mark(form, placed);
      const first = placed[0];
      if (first !== undefined) form.scrollToField(first.name, { block: "center", focus: true });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card policy-form"
      aria-label={say("form")}
      initialValues={typedOf(current)}
      onValuesChange={(changed) => {
        mended(form, changed);
        setTyped(form.getFieldsValue(true) as Typed);
        setError(null);
      }}
      onFinish={() => void submit()}
      scrollToFirstError={{ focus: true, block: "center" }}
    >
      <h2>{say("form")}</h2>
      <Limits />
      <Numbers />
      <Ladder typed={typed} />
      <Form.Item
        name="reason"
        label={say("reason")}
        rules={[{ required: true, whitespace: true, message: say("need") }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      <h3>{say("changes")}</h3>
      <Differences rows={changes} />
      {error === null ? null : <FormFailure error={error} fields={FIELDS} />}
      <div className="action-end">
        <SendButton type="primary" htmlType="submit" loading={busy} disabled={changes.length === 0}>
          {say("submit")}
        </SendButton>
        <Button onClick={() => onClose(null)}>{both("cancel")}</Button>
      </div>
    </Form>
  );
}
