// What was done, to be chosen in words: whoever searches the audit knows no codes.
import { actions, type Language, steps } from "@yidiantong/client";
import { Select } from "antd";
import { useLanguage, useText } from "../../lib/i18n";
import { accountActs, disclosureActs, looks, rest, auditWords as words } from "./auditWords";

/** Words of the audit's own, as choices. */
const own = (rows: Readonly<Record<string, readonly [string, string]>>, language: Language) =>
  Object.entries(rows).map(([value, [zh, en]]) => ({ value, label: language === "en" ? en : zh }));

/** Words of the contract. */
const shared = (rows: typeof actions | typeof steps, language: Language) =>
  Object.entries(rows).map(([value, word]) => ({ value, label: word[language] }));

interface Props {
  id?: string;
  value?: string;
  onChange?: (value: string | undefined) => void;
}

export function ActionSelect({ id, value, onChange }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const groups = [
    { label: say("of_cases"), options: shared(actions, language) },
    { label: say("of_clocks"), options: shared(steps, language) },
    { label: say("of_accounts"), options: own(accountActs, language) },
    { label: say("of_disclosures"), options: own(disclosureActs, language) },
    { label: say("of_looks"), options: own(looks, language) },
    { label: say("of_the_rest"), options: own(rest, language) },
  ];
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      {...(value === undefined ? {} : { value })}
      {...(onChange === undefined ? {} : { onChange })}
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      placeholder={say("any_action")}
      options={groups}
    />
  );
}
