// An item that the list does not have yet, written by hand.
import { Input } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useText } from "../../lib/i18n";
import { useRegion } from "../../lib/regions";
import { readsConfiguration, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { Writing } from "./EditPage";
import type { Item, Kind } from "./item";
import { words } from "./words";
import "./powers.css";

export function Component() {
  return readsConfiguration(useStaff().role) ? <NewPage /> : <Forbidden />;
}

/** Nobody reads its code: it only must be the list's own. */
const empty = (): Item => ({
  code: `own-${Date.now().toString(36)}`,
  name: "",
  category: "",
  legal_basis: [],
  responsible_org: "",
  supervising_org: "",
  who_can_apply: "",
  materials: [],
  steps: [],
  publicity: [],
  red_lines: [],
  risk_points: [],
  plain_language: "",
});

const LISTS: readonly string[] = ["duty", "negative"] satisfies Kind[];

function NewPage() {
  const say = useText(words);
  const [params] = useSearchParams();
  const own = useStaff().region_code;
  const region = params.get("for") ?? own;
  const asked = params.get("list") ?? "";
  const list = (LISTS.includes(asked) ? asked : "power") as Kind;
  const [item] = useState(empty);
  const [typed, setSource] = useState<string | null>(null);
  const [licence, setLicence] = useState(say("licence_first"));
  const place = useRegion(region).data?.short_name ?? region;
  const source = typed ?? say("source_first", { place });
  return (
    <Writing
      item={item}
      region={region}
      list={list}
      title={`${say("new_item")} · ${say(list)}`}
      lead={say("new_lead", { place })}
      origin={{ source: source.trim(), licence: licence.trim() }}
      before={
        <div className="card page-form power-origin">
          <label htmlFor="power-source">{say("source")}</label>
          <Input id="power-source" value={source} onChange={({ target }) => setSource(target.value)} />
          <label htmlFor="power-licence">{say("licence")}</label>
          <Input id="power-licence" value={licence} onChange={({ target }) => setLicence(target.value)} />
        </div>
      }
    />
  );
}
