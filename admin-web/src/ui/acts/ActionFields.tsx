import { results, word } from "@yidiantong/client";
import { Checkbox, Form, Input, Radio, Select } from "antd";
import type { Rule } from "antd/es/form";
import { type CaseView, useChoices } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useStaff } from "../../lib/session";
import { chinaDay } from "../../lib/time";
import { plainName } from "../names";
import { Zh } from "../Zh";
import { BetrayingWords, PlainWords } from "./Advised";
import { type Field, type FormAction, nameOf } from "./actionBody";
import { DeclineReasonField, MergeField, WorkingDaysField } from "./TwoPersonFields";
import { formWords } from "./words";

/** As the server has them. */
const NOTE = 2000;
const WORDS = 4000;
const MOST: Readonly<Partial<Record<Field, number>>> = {
  note: NOTE,
  "note?": NOTE,
  reason: NOTE,
  "redirect?": 500,
};

interface Props {
  view: CaseView;
  action: FormAction;
  fields: readonly Field[];
  now: number;
}

export function ActionFields({ view, action, fields, now }: Props) {
  return (
    <>
      {fields.map((field) => (
        <OneField key={field} field={field} view={view} action={action} now={now} />
      ))}
    </>
  );
}

type OneProps = Omit<Props, "fields"> & { field: Field };

function OneField({ field, view, action, now }: OneProps) {
  const say = useText(formWords);
  const language = useLanguage();
  switch (field) {
    case "organisation_id":
    case "staff_id":
      return <Whom field={field} view={view} action={action} />;
    case "reason_code":
      return <DeclineReasonField />;
    case "into_id":
      return <MergeField view={view} />;
    case "working_days":
      return <WorkingDaysField />;
    case "share_attachments?":
      return (
        <Form.Item name="share_attachments" label={say("share")} extra={say("share_hint")}>
          <Checkbox.Group
            aria-label={say("share")}
            options={view.attachments.map(({ n }) => ({ value: n, label: say("share_photo", { n }) }))}
          />
        </Form.Item>
      );
    case "due_at":
      return (
        <Form.Item
          name="due_at"
          label={say("due")}
          extra={say("due_hint")}
          rules={[{ required: true, message: say("need") }]}
        >
          <Input type="date" min={chinaDay(now)} />
        </Form.Item>
      );
    case "result":
      return (
        <Form.Item
          name="result"
          label={say("a_result")}
          rules={[{ required: true, message: say("need_choice") }]}
        >
          <Radio.Group
            aria-label={say("a_result")}
            options={Object.keys(results).map((code) => ({
              value: code,
              label: word(results, code, language),
            }))}
          />
        </Form.Item>
      );
    default:
      return <Text field={field} view={view} action={action} />;
  }
}

type TextProps = Omit<OneProps, "now">;

function Text({ field, view, action }: TextProps) {
  const say = useText(formWords);
  const both = useText(common);
  const optional = field.endsWith("?");
  const most = MOST[field] ?? WORDS;
  const rules: Rule[] = [
    { max: most, message: say("too_long", { n: most }) },
    ...(optional ? [] : [{ required: true, whitespace: true, message: say("need") }]),
  ];
  const before = say(view.brief == null ? "brief_text" : "brief_before");
  const hint =
    field === "brief"
      ? before + say("brief_hint")
      : field === "facts"
        ? say("answer_hint")
        : field === "redirect?"
          ? say("redirect_hint")
          : field === "public_answer?"
            ? say("public_answer_hint")
            : undefined;
  const item = (
    <Form.Item
      name={nameOf(field)}
      label={
        <>
          {labelOf(say, field, action)}
          {optional ? both("optional") : null}
        </>
      }
      extra={hint}
      rules={rules}
      validateTrigger="onBlur"
    >
      <Input.TextArea autoSize={{ minRows: field === "brief" || field === "facts" ? 5 : 3, maxRows: 16 }} />
    </Form.Item>
  );
  if (field === "brief") {
    return (
      <div className={view.text == null ? undefined : "beside"}>
        {view.text == null ? null : (
          <section className="original" aria-label={say("original")}>
            <h4>{say("original")}</h4>
            <p className="words">
              <Zh>{view.text}</Zh>
            </p>
          </section>
        )}
        <div>
          {item}
          <BetrayingWords name={nameOf(field)} original={view.text} />
        </div>
      </div>
    );
  }
  return (
    <>
      {item}
      {isForVillagers(field, action) ? <PlainWords name={nameOf(field)} /> : null}
    </>
  );
}

/** What the complainant reads, or everybody. */
const isForVillagers = (field: Field, action: FormAction): boolean =>
  action === "submit_answer" ||
  field === "public_answer?" ||
  action === "message" ||
  action === "request_supplement" ||
  action === "extend" ||
  (action === "decline" && field === "note");

function labelOf(
  say: ReturnType<typeof useText<keyof typeof formWords>>,
  field: Field,
  action: FormAction,
): string {
  if (field === "brief") return say("brief");
  if (field === "facts" || field === "basis" || field === "remedy") return say(`a_${field}`);
  if (field === "text") return say(action === "message" ? "message_text" : "note_text");
  if (field === "reason" && (action === "return" || action === "transfer" || action === "escalate"))
    return say(`reason_${action}`);
  if (field === "redirect?") return say("redirect");
  if (field === "public_answer?") return say("public_answer");
  if (field === "reason" && (action === "merge" || action === "extend")) return say(`reason_${action}`);
  if (action === "decline") return say("note_decline");
  if (action === "request_supplement") return say("note_complainant");
  if (action === "send_back") return say("note_send_back");
  if (action === "supervise") return say("note_supervise");
  return say("note_colleagues");
}

/** Somebody or some unit, among those the server lets this person name. */
function Whom({
  field,
  view,
  action,
}: {
  field: "organisation_id" | "staff_id";
  view: CaseView;
  action: FormAction;
}) {
  const say = useText(formWords);
  const me = useStaff().id;
  const choices = useChoices(view.id);
  const list = action === "assign" || action === "dispatch" || action === "transfer" ? action : null;
  if (list === null) return null;
  const all = choices.data?.[list] ?? [];
  return (
    <Form.Item
      name={field}
      label={say(`${list}_to`)}
      rules={[{ required: true, message: say("need_choice") }]}
    >
      <Select
        placeholder={say("choose")}
        loading={choices.isPending}
        showSearch={{ optionFilterProp: "label" }}
        notFoundContent={say("no_choice")}
        options={all.map(({ id, name }) => ({
          value: id,
          label: plainName(name) + (id === me ? say("to_me") : ""),
        }))}
      />
    </Form.Item>
  );
}
