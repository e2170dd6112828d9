import type { AdminComponents } from "@yidiantong/client";
import { Button, Checkbox, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useSend } from "../../lib/useSend";
import { FormFailure } from "../../ui/FormFailure";
import { SendButton } from "../../ui/SendButton";
import { Zh } from "../../ui/Zh";
import { catalogueWords as words } from "./words";

type Schemas = AdminComponents["schemas"];
type Item = Schemas["CatalogueItem"];
type Matter = Schemas["MatterView"];

interface Props {
  catalogue: Schemas["CatalogueHistoryView"];
  /** With the end of the proposal's time, or `null` when nothing was proposed. */
  onClose: (until: string | null) => void;
}

const FIELDS = ["reason"] as const;

/** As it is kept: without where it is from. */
const item = ({ catalogue_region_code: _, catalogue_version: __, ...rest }: Matter): Item => rest;

const number = ({ due }: Item): number => (due.rule === "day_of_month" ? due.day : due.amount);

const withNumber = (one: Item, value: number): Item =>
  one.due.rule === "day_of_month"
    ? { ...one, due: { ...one.due, day: value } }
    : { ...one, due: { ...one.due, amount: value } };

/** Which matters are in the catalogue, and until when each is due. */
export function CatalogueForm({ catalogue, onClose }: Props) {
  const say = useText(words);
  const both = useText(common);
  const county = catalogue.region_code.endsWith("000000");
  const own = (one: Matter) => county || one.catalogue_region_code === catalogue.region_code;
  const [chosen, setChosen] = useState<ReadonlyMap<string, Item>>(
    () => new Map(catalogue.in_force.filter(own).map((one) => [one.code, item(one)])),
  );
  const [form] = Form.useForm<{ reason?: string }>();
  const { send, busy, error, onChange } = useSend<Schemas["ProposedView"]>(form, FIELDS);
  const change = (code: string, to: Item | null) =>
    setChosen((before) => {
      const next = new Map(before);
      if (to === null) next.delete(code);
      else next.set(code, to);
      return next;
    });
  const submit = async ({ reason }: { reason?: string }) => {
    const items = catalogue.in_force.flatMap(({ code }) => chosen.get(code) ?? []);
    const made = await send(() =>
      adminApi.PUT("/api/v1/admin/catalogues/{region_code}", {
        params: {
          path: { region_code: catalogue.region_code },
          header: { "If-Match": `"${catalogue.version}"` },
        },
        body: { items, reason: reason?.trim() ?? "" },
      }),
    );
    if (made !== null) onClose(made.expires_at);
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card page-form"
      aria-label={say("propose")}
      onValuesChange={onChange}
      onFinish={(typed: { reason?: string }) => void submit(typed)}
    >
      <h2>{say("propose")}</h2>
      {county ? null : <p className="quiet">{say("adds")}</p>}
      <ul className="plain-list">
        {catalogue.in_force.map((one) => {
          const kept = chosen.get(one.code);
          const label = say(one.due.rule === "day_of_month" ? "day" : "amount");
          return (
            <li key={one.code}>
              <Checkbox
                checked={kept !== undefined}
                onChange={({ target }) => change(one.code, target.checked ? item(one) : null)}
              >
                <Zh>{one.name}</Zh>
              </Checkbox>
              {kept === undefined ? null : (
                <InputNumber
                  aria-label={`${one.name}：${label}`}
                  addonBefore={label}
                  min={1}
                  max={one.due.rule === "day_of_month" ? 31 : 400}
                  precision={0}
                  value={number(kept)}
                  onChange={(value) => {
                    if (value !== null) change(one.code, withNumber(kept, value));
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
      <Form.Item name="reason" label={say("reason")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      {error === null ? null : <FormFailure error={error} fields={FIELDS} />}
      <div className="action-end">
        <SendButton type="primary" htmlType="submit" loading={busy}>
          {say("submit")}
        </SendButton>
        <Button onClick={() => onClose(null)}>{both("cancel")}</Button>
      </div>
    </Form>
  );
}
