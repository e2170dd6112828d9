import { Select } from "antd";
import { useText } from "../../lib/i18n";
import { called, useLines, usePublished } from "./about";
import type { About } from "./body";
import { words } from "./words";

interface Props {
  id?: string;
  region: string | null;
  value?: About | null;
  onChange?: (about: About | null) => void;
}

/** The disclosure, late matter or power that a caller means, and of a disclosure the very line. */
export function AboutField({ id, region, value = null, onChange }: Props) {
  const say = useText(words);
  const { data, isFetching } = usePublished(region);
  const open = value?.type === "disclosure" ? value.id : (value?.sheet ?? null);
  const lines = useLines(open);
  const group = <One extends { id: string }>(
    type: About["type"],
    label: string,
    list: readonly One[],
    name: (one: One) => string,
  ) => ({ label, options: list.map((one) => ({ value: `${type} ${one.id}`, label: name(one) })) });
  const groups =
    data === undefined
      ? []
      : [
          group("disclosure", say("about_disclosures"), data.disclosures, ({ title }) => title),
          group("obligation", say("about_obligations"), data.obligations, ({ title }) => title),
          group("power_item", say("about_powers"), data.powers, ({ name }) => name),
        ].filter(({ options }) => options.length > 0);
  const choose = (chosen: string | undefined) => {
    const [type, one] = (chosen ?? "").split(" ");
    onChange?.(one === undefined ? null : { type: type as About["type"], id: one });
  };
  const chosen =
    value === null ? undefined : open === null ? `${value.type} ${value.id}` : `disclosure ${open}`;
  return (
    <>
      <Select
        id={id}
        allowClear
        value={chosen}
        onChange={choose}
        disabled={region === null}
        loading={isFetching}
        placeholder={say(region === null ? "about_place_first" : "about_none")}
        showSearch={{ optionFilterProp: "label" }}
        options={groups}
      />
      {open === null ? null : (
        <Select
          className="about-line"
          aria-label={say("about_line")}
          allowClear
          value={value?.type === "disclosure_line" ? value.id : undefined}
          onChange={(line: string | undefined) =>
            onChange?.(
              line === undefined
                ? { type: "disclosure", id: open }
                : { type: "disclosure_line", id: line, sheet: open },
            )
          }
          loading={lines.isFetching}
          placeholder={say("about_whole")}
          showSearch={{ optionFilterProp: "label" }}
          options={(lines.data ?? []).map((line) => ({ value: line.id, label: called(line) }))}
        />
      )}
    </>
  );
}
