import { Input, Select } from "antd";
import { useText } from "../lib/i18n";
import { useOrganisations } from "../lib/regions";
import { GROUPS, NOBODY, type Targets } from "../lib/targets";
import { uiWords } from "./words";

interface Props {
  id?: string;
  region: string | null;
  value?: Targets;
  onChange?: (targets: Targets) => void;
}

/** Units and posts of a place and those above it, groups of people, and words for anybody else. */
export function TargetsField({ id, region, value = NOBODY, onChange }: Props) {
  const say = useText(uiWords);
  const { data, isPending } = useOrganisations(region);
  const units = (data?.items ?? []).map((unit) => ({
    label: unit.name,
    options: [
      { value: `organisation ${unit.id}`, label: unit.name },
      ...unit.posts.map((post) => ({ value: `post ${post.id}`, label: `${unit.name} ${post.title}` })),
    ],
  }));
  const groups = {
    label: say("groups"),
    options: GROUPS.map((group) => ({ value: `group ${group}`, label: say(`group_${group}`) })),
  };
  return (
    <>
      <Select
        id={id}
        mode="multiple"
        value={[...value.chosen]}
        onChange={(chosen) => onChange?.({ ...value, chosen })}
        placeholder={say(region === null ? "place_first" : "targets_none")}
        disabled={region === null}
        loading={region !== null && isPending}
        showSearch={{ optionFilterProp: "label" }}
        options={[groups, ...units]}
      />
      <Input
        className="target-other"
        aria-label={say("target_other")}
        placeholder={say("target_other")}
        value={value.other}
        maxLength={200}
        onChange={({ target }) => onChange?.({ ...value, other: target.value })}
      />
    </>
  );
}
