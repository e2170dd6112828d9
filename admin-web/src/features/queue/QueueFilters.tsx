import { numbers, ratings, states, word } from "@yidiantong/client";
import { Button, Select, Tag } from "antd";
import { $public } from "../../lib/api";
import { useCategories, useUnits } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { useStaff } from "../../lib/session";
import type { Filters } from "./filters";
import { DEFAULTS, NARROWED, writeFilters } from "./filters";
import { SaveView } from "./SaveView";
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

const isState = (state: string): boolean => state === "open" || state === "all" || STATES.includes(state);

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
  const unit = useUnits(filters.unit === null ? undefined : staff.region_code).get(filters.unit ?? "");
  const narrowed = (name: (typeof NARROWED)[number], value: string): string => {
    if (name === "due") return say("narrowed_due");
    if (name === "waiting") return say("view_acknowledge");
    if (name === "unit")
      return unit === undefined ? say("narrowed_one_unit") : say("narrowed_unit", { value: unit });
    if (name === "age") return say("narrowed_age", { value });
    if (name === "counted") {
      const said = word(numbers, value, language);
      return filters.month === null
        ? say("narrowed_counted", { value: said })
        : say("narrowed_month", { value: said, month: filters.month });
    }
    return say("narrowed_rating", { value: word(ratings, value, language) });
  };
  return (
    <div className="filters">
      <Select
        aria-label={say("filter_state")}
        value={isState(filters.state) ? filters.state : null}
        placeholder={say("filter_state")}
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
      {NARROWED.map((name) => {
        const value = filters[name];
        if (value === null) return null;
        return (
          <Tag
            key={name}
            closable={{ "aria-label": say("narrowed_off") }}
            onClose={() => change(name === "counted" ? { counted: null, month: null } : { [name]: null })}
          >
            {narrowed(name, value)}
          </Tag>
        );
      })}
      {writeFilters(filters) === "" ? null : (
        <>
          <Button type="link" onClick={() => change(DEFAULTS)}>
            {say("clear")}
          </Button>
          <SaveView search={writeFilters(filters)} />
        </>
      )}
      <span className="sorted">{say("sorted")}</span>
    </div>
  );
}
