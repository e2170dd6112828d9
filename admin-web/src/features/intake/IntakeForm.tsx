import type { AdminComponents } from "@yidiantong/client";
import { channels, kinds, newIdempotencyKey, word } from "@yidiantong/client";
import { Alert, Checkbox, Form, Input, Radio, Select } from "antd";
import { useRef, useState } from "react";
import { adminApi } from "../../lib/api";
import { useCategories } from "../../lib/cases";
import { draftOf, dropDraft, keepDraft } from "../../lib/drafts";
import { mark, mended, placeFaults } from "../../lib/faults";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { type ApiError, asApiError } from "../../lib/problem";
import { useStaff } from "../../lib/session";
import { NOBODY } from "../../lib/targets";
import { useOutGuard } from "../../ui/leaving";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { RegionSelect } from "../../ui/RegionSelect";
import { SendButton } from "../../ui/SendButton";
import { TargetsField } from "../../ui/TargetsField";
import { AboutField } from "./AboutField";
import { CHANNELS, FIELDS, intakeBody, MODES, type Typed } from "./body";
import { PhotosField } from "./PhotosField";
import { words } from "./words";

type Filed = AdminComponents["schemas"]["FiledView"];

const LONGEST = 4000;

/** As the desks are: most calls are complaints, and nobody is asked for a name first. */
const FIRST: Partial<Typed> = {
  channel: "phone",
  kind: "complaint",
  targets: NOBODY,
  identity: { mode: "anonymous" },
};

export function IntakeForm({ onFiled }: { onFiled: (filed: Filed) => void }) {
  const say = useText(words);
  const both = useText(common);
  const language = useLanguage();
  const me = useStaff();
  const categories = useCategories();
  const [form] = Form.useForm<Typed>();
  const region = Form.useWatch("region_code", form) ?? null;
  const mode = Form.useWatch(["identity", "mode"], form) ?? "anonymous";
  const { send, busy, error, clear } = useSend();
  // Another page and back: it is all there. A reload or another person, and it is not.
  const [typedAny, setTypedAny] = useState(() => draftOf(me.id, "intake", "new") !== undefined);
  useOutGuard(typedAny, { title: say("unfinished"), text: say("unfinished_do") });
  const needed = [{ required: true, message: say("need_choice") }];

  const submit = async (typed: Typed) => {
    const outcome = await send(typed);
    if ("filed" in outcome) {
      dropDraft(me.id, "intake", "new");
      onFiled(outcome.filed);
      return;
    }
    const { placed } = placeFaults(outcome.refused, FIELDS);
    mark(form, placed);
    const first = placed[0];
    if (first !== undefined) form.scrollToField(first.name, { block: "center", focus: true });
  };

  const options = <Code extends string>(codes: readonly Code[], name: (code: Code) => string) =>
    codes.map((value) => ({ value, label: name(value) }));

  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card page-form"
      aria-label={say("title")}
      initialValues={draftOf(me.id, "intake", "new") ?? FIRST}
      onValuesChange={(changed, all) => {
        mended(form, changed);
        setTypedAny(true);
        const kept = "region_code" in changed ? { ...all, about: null } : all;
        if (kept !== all) form.setFieldValue("about", null);
        keepDraft(me.id, "intake", "new", { ...kept });
        clear();
      }}
      onFinish={(typed) => void submit(typed)}
      scrollToFirstError={{ focus: true, block: "center" }}
    >
      <div className="two-columns">
        <Form.Item name="channel" label={say("channel")} rules={needed}>
          <Radio.Group
            aria-label={say("channel")}
            options={options(CHANNELS, (code) => word(channels, code, language))}
          />
        </Form.Item>
        <Form.Item name="kind" label={say("kind")} rules={needed}>
          <Radio.Group
            aria-label={say("kind")}
            options={Object.keys(kinds).map((value) => ({ value, label: word(kinds, value, language) }))}
          />
        </Form.Item>
        <Form.Item name="region_code" label={say("region")} rules={needed}>
          <RegionSelect levels={["village", "township", "county"]} wholeCounty />
        </Form.Item>
        <Form.Item name="category" label={say("category")} rules={needed}>
          <Select
            placeholder={say("need_choice")}
            showSearch={{ optionFilterProp: "label" }}
            options={categories.all.map(({ code, name, redirect }) => ({
              value: code,
              disabled: redirect != null,
              label: redirect == null ? name : say("category_away", { name, door: redirect.text }),
            }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="targets" label={say("targets")} extra={say("targets_hint")}>
        <TargetsField region={region} />
      </Form.Item>
      <Form.Item name="about" label={say("about") + both("optional")} extra={say("about_hint")}>
        {/* Another place has published other things. */}
        <AboutField key={region} region={region} />
      </Form.Item>
      <Form.Item
        name="text"
        label={say("text")}
        extra={say("text_hint")}
        validateTrigger="onBlur"
        rules={[{ required: true, whitespace: true, min: 5, message: say("need_text") }]}
      >
        <Input.TextArea autoSize={{ minRows: 6, maxRows: 20 }} maxLength={LONGEST} />
      </Form.Item>
      <Form.Item name="attachments" label={say("photos") + both("optional")} extra={say("photos_hint")}>
        <PhotosField />
      </Form.Item>
      <Form.Item
        name={["identity", "mode"]}
        label={say("identity")}
        extra={mode === "anonymous" ? undefined : say("identity_hint")}
      >
        <Radio.Group aria-label={say("identity")} options={options(MODES, say)} />
      </Form.Item>
      {mode === "anonymous" ? null : (
        <div className="two-columns">
          <Form.Item name={["identity", "name"]} label={say("name")}>
            <Input autoComplete="off" maxLength={50} />
          </Form.Item>
          <Form.Item name={["identity", "phone"]} label={say("phone")}>
            <Input autoComplete="off" inputMode="tel" maxLength={30} />
          </Form.Item>
          <Form.Item name={["identity", "email"]} label={say("email") + both("optional")}>
            <Input autoComplete="off" inputMode="email" maxLength={200} />
          </Form.Item>
        </div>
      )}
      <Form.Item name="may_publish_answer" valuePropName="checked">
        <Checkbox>{say("publish")}</Checkbox>
      </Form.Item>
      {error === null ? null : <Failure error={error} />}
      <SendButton type="primary" size="large" htmlType="submit" loading={busy}>
        {say("submit")}
      </SendButton>
    </Form>
  );
}

function Failure({ error }: { error: ApiError }) {
  const say = useText(words);
  const { placed, rest } = placeFaults(error, FIELDS);
  if (placed.length > 0 && rest.length === 0) {
    return <Alert type="error" showIcon role="alert" title={say("mend", { n: placed.length })} />;
  }
  return (
    <>
      <ProblemAlert error={error} shownAt={FIELDS.map((field) => `/${field}`)} />
      {error.status === 0 || error.status >= 500 ? <p className="quiet">{say("unsure")}</p> : null}
    </>
  );
}

/** Sends once: the same words again after a lost answer carry the same key, and get the same receipt. */
function useSend() {
  const key = useRef<{ of: string; value: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const send = async (typed: Typed): Promise<{ filed: Filed } | { refused: ApiError }> => {
    const body = intakeBody(typed);
    const of = JSON.stringify(body);
    if (key.current?.of !== of) key.current = { of, value: newIdempotencyKey() };
    setBusy(true);
    setError(null);
    try {
      const params = { header: { "Idempotency-Key": key.current.value } };
      const { data } = await adminApi.POST("/api/v1/admin/complaints", { params, body });
      if (data === undefined) throw new Error("an answer without a body");
      return { filed: data };
    } catch (thrown) {
      const refused = asApiError(thrown);
      setError(refused);
      return { refused };
    } finally {
      setBusy(false);
    }
  };
  return { send, busy, error, clear: () => setError(null) };
}
