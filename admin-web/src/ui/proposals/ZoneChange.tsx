import { $admin } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { useChildren, useOrganisations } from "../../lib/regions";
import { Differences } from "../Differences";
import { type Body, list, text } from "./body";
import { words } from "./words";

interface Props {
  id: string;
  body: Body;
  waits: boolean;
}

/** A zone as it is and as it would be. */
export function ZoneChange({ id, body, waits }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const county = text(body, "county_code");
  const zones = $admin.useQuery("get", "/api/v1/admin/zones", {}, { enabled: waits });
  const townships = useChildren(county).data?.items ?? [];
  const units = useOrganisations(county).data?.items ?? [];
  const before = waits ? zones.data?.items.find((zone) => zone.id === id) : undefined;
  const place = (code: string) => townships.find((one) => one.code === code)?.short_name ?? code;
  const unit = (code: string) => units.find((one) => one.id === code)?.name ?? code;
  const places = (codes: readonly string[]) =>
    codes
      .map(place)
      .sort()
      .join(language === "en" ? ", " : "、");
  const now = {
    zone_name: before?.name ?? null,
    zone_lead: before === undefined ? null : unit(before.lead_organisation_id),
    townships: before === undefined ? null : places(before.townships),
  };
  const lead = text(body, "lead_organisation_id");
  const then = {
    zone_name: text(body, "name"),
    zone_lead: lead === null ? null : unit(lead),
    townships: places(list(body, "townships").map(String)),
  };
  const rows = (["zone_name", "zone_lead", "townships"] as const).map((key) => ({
    key,
    label: say(key),
    before: now[key],
    after: then[key],
  }));
  return (
    <>
      {before === undefined && waits ? <p className="quiet">{say("new_zone")}</p> : null}
      <Differences rows={rows.filter(({ before, after }) => before !== after)} />
    </>
  );
}
