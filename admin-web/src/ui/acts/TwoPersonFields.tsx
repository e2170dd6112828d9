// Fields of what takes two persons: the reason of a decline, the case to follow, the days to add.
import { declineReasons, states, word } from "@yidiantong/client";
import { Form, InputNumber, Select } from "antd";
import { useDeferredValue, useState } from "react";
import { $admin } from "../../lib/api";
import type { CaseView } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { formWords } from "./words";

/** The longest limit the contract knows; the server says what is left of it. */
const MOST_DAYS = 60;
const SHOWN = 50;

export function DeclineReasonField() {
  const say = useText(formWords);
  const language = useLanguage();
  return (
    <Form.Item
      name="reason_code"
      label={say("reason_code")}
      rules={[{ required: true, message: say("need_choice") }]}
    >
      <Select
        placeholder={say("choose")}
        showSearch={{ optionFilterProp: "label" }}
        options={Object.keys(declineReasons).map((code) => ({
          value: code,
          label: word(declineReasons, code, language),
        }))}
      />
    </Form.Item>
  );
}

/** Open cases of the same place, found by number or words: the server does the finding. */
export function MergeField({ view }: { view: CaseView }) {
  const say = useText(formWords);
  const language = useLanguage();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const query = { state: "open", region: view.region_code, limit: SHOWN, ...(q === "" ? {} : { q }) };
  const { data, isPending } = $admin.useQuery("get", "/api/v1/admin/complaints", { params: { query } });
  const others = (data?.items ?? []).filter(
    (item) => item.id !== view.id && item.region_code === view.region_code,
  );
  return (
    <Form.Item
      name="into_id"
      label={say("into_id")}
      extra={say("into_hint")}
      rules={[{ required: true, message: say("need_choice") }]}
    >
      <Select
        placeholder={say("choose")}
        loading={isPending}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        notFoundContent={say("into_none")}
        optionLabelProp="title"
        classNames={{ popup: { root: "merge-list" } }}
        options={others.map((item) => ({
          value: item.id,
          title: item.number,
          label: (
            <>
              <strong>{item.number}</strong> {word(states, item.state, language)}
              <small>{item.excerpt}</small>
            </>
          ),
        }))}
      />
    </Form.Item>
  );
}

export function WorkingDaysField() {
  const say = useText(formWords);
  return (
    <Form.Item
      name="working_days"
      label={say("working_days")}
      rules={[{ required: true, message: say("need") }]}
    >
      <InputNumber min={1} max={MOST_DAYS} precision={0} />
    </Form.Item>
  );
}
