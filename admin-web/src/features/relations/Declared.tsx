import { useQueryClient } from "@tanstack/react-query";
import { type AdminComponents, formatDay, formatInstant } from "@yidiantong/client";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { asApiError } from "../../lib/problem";
import { lastDay } from "../../lib/time";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { words } from "./words";

interface Props {
  one: AdminComponents["schemas"]["RelationView"];
  /** Units and posts by id. */
  names: ReadonlyMap<string, string>;
  year: number;
}

/** A declaration, and the way to have it ended by two persons. */
export function Declared({ one, names, year }: Props) {
  const say = useText(words);
  const both = useText(common);
  const language = useLanguage();
  const queries = useQueryClient();
  const [ending, setEnding] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [until, setUntil] = useState<string | null>(null);
  const to = one.to_id == null ? say("to_staff") : (names.get(one.to_id) ?? one.to_id);

  const end = async ({ reason }: { reason: string }) => {
    setBusy(true);
    setError(null);
    try {
      const params = { path: { id: one.id } };
      const body = { reason: reason.trim() };
      const { data } = await adminApi.POST("/api/v1/admin/relations/{id}/end", { params, body });
      setUntil(data?.expires_at ?? null);
      setEnding(false);
      await queries.invalidateQueries();
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="declared">
      <p>
        <strong>
          {say(one.of === "unit" ? "of_unit" : "of_myself")} — {to}
        </strong>
        ：{one.note}
      </p>
      <p className="quiet">{say("declared", { at: formatInstant(one.declared_at, language, year) })}</p>
      {until === null ? null : (
        <Alert
          type="info"
          showIcon
          role="status"
          title={say("end_waits", { until: formatDay(lastDay(until), language, year) })}
        />
      )}
      {ending ? (
        <Form layout="vertical" requiredMark={false} onFinish={(typed) => void end(typed)}>
          <Form.Item
            name="reason"
            label={say("end_reason")}
            rules={[{ required: true, whitespace: true, message: say("need") }]}
          >
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
          </Form.Item>
          {error === null ? null : <ProblemAlert error={error} />}
          <div className="action-end">
            <SendButton type="primary" htmlType="submit" loading={busy}>
              {say("end")}
            </SendButton>
            <Button onClick={() => setEnding(false)}>{both("cancel")}</Button>
          </div>
        </Form>
      ) : until === null ? (
        <Button size="small" onClick={() => setEnding(true)}>
          {say("end")}
        </Button>
      ) : null}
    </div>
  );
}
