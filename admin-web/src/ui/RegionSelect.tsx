import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useText } from "../lib/i18n";
import { countyOf, covers, type Region, useChildren, useRegion, useRegionSearch } from "../lib/regions";
import { useStaff } from "../lib/session";
import { uiWords } from "./words";

type Level = Region["level"];

interface Props {
  id?: string;
  value?: string | null;
  onChange?: (code: string) => void;
  /** Levels that may be chosen. */
  levels: readonly Level[];
  /** Also other places of one's county, and not only one's own and what lies in it. */
  wholeCounty?: boolean;
}

/** A place: one's own and those inside it at once, any other of one's reach by its name or initials. */
export function RegionSelect({ id, value = null, onChange, levels, wholeCounty = false }: Props) {
  const say = useText(uiWords);
  const own = useStaff().region_code;
  const reach = wholeCounty ? (countyOf(own) ?? own) : own;
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const here = useRegion(own).data;
  const inside = useChildren(own);
  const found = useRegionSearch(q);
  const chosen = useRegion(value).data;
  const known = q === "" ? [...(here === undefined ? [] : [here]), ...(inside.data?.items ?? [])] : [];
  const all = q === "" ? known : (found.data?.items ?? []);
  const fit = all.filter(({ code, level }) => levels.includes(level) && covers(reach, code));
  // What was typed last may not even have been asked for yet.
  const looks = typed.trim() !== q || (q !== "" && found.isPending);
  const list = chosen !== undefined && !fit.some(({ code }) => code === chosen.code) ? [chosen, ...fit] : fit;
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      placeholder={say("choose_place")}
      loading={inside.isPending || (q !== "" && found.isPending)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent={say(looks ? "looking" : q === "" ? "search_place" : "no_place")}
      options={list.map((region) => ({ value: region.code, label: placeName(region) }))}
    />
  );
}

/** `团结镇 东风村`: from the county's parts down. */
function placeName({ path, short_name }: Region): string {
  const names = path.filter(({ level }) => level === "township" || level === "village");
  return names.length === 0 ? short_name : names.map((one) => one.short_name).join(" ");
}
