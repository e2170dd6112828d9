import { states, word } from "@yidiantong/client";
import { Button, Select } from "antd";
import { $public } from "../../lib/api";
import { useCategories } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { useStaff } from "../../lib/session";
import type { Filters } from "./filters";
import { DEFAULTS, writeFilters } from "./filters";
import { words } from "./words";

/** The states this server knows, in the order of a case's life. */
const STATES = [
  "submitted",
  "awaiting_supplement",
  "accepted",
  "dispatched",
  "handling",
  "under_review",
  "answered",
  "closed",
  "withdrawn",
];

interface Props {
  filters: Filters;
  change: (next: Partial<Filters>) => void;
}

export function QueueFilters({ filters, change }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const staff = useStaff();
  const categories = useCategories();
  const regions = $public.useQuery(
    "get",
    "/api/v1/regions",
    { params: { query: { parent: staff.region_code as never, limit: 100 } } },
    { staleTime: 60 * 60_000 },
  );
  const places = regions.data?.items ?? [];
  return (
    <div className="filters">
      <Select
        aria-label={say("filter_state")}
        value={filters.state}
        onChange={(state: string) => change({ state })}
        popupMatchSelectWidth={false}
        options={[
          { value: "open", label: say("state_open") },
          ...STATES.map((state) => ({ value: state, label: word(states, state, language) })),
          { value: "all", label: say("state_all") },
        ]}
      />
      {places.length === 0 ? null : (
        <Select
          aria-label={say("filter_region")}
          value={filters.region ?? ""}
          onChange={(region: string) => change({ region: region === "" ? null : region })}
          showSearch={{ optionFilterProp: "label" }}
          popupMatchSelectWidth={false}
          options={[
            { value: "", label: say("all_regions") },
            ...places.map((place) => ({ value: place.code, label: place.short_name })),
          ]}
        />
      )}
      <Select
        aria-label={say("filter_category")}
        value={filters.category ?? ""}
        onChange={(category: string) => change({ category: category === "" ? null : category })}
        popupMatchSelectWidth={false}
        options={[
          { value: "", label: say("all_categories") },
          ...categories.open.map((category) => ({ value: category.code, label: category.name })),
        ]}
      />
      {writeFilters(filters) === "" ? null : (
        <Button type="link" onClick={() => change(DEFAULTS)}>
          {say("clear")}
        </Button>
      )}
      <span className="sorted">{say("sorted")}</span>
    </div>
  );
}
