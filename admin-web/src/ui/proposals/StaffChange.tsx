import { useText } from "../../lib/i18n";
import { useOrganisations, useRegion } from "../../lib/regions";
import { type Body, text } from "./body";
import { words } from "./words";

interface Props {
  action: string;
  region: string;
  body: Body;
}

/** Who is to be what, where. */
export function StaffChange({ action, region, body }: Props) {
  const say = useText(words);
  const code = text(body, "region_code") ?? region;
  const place = useRegion(code).data?.name ?? code;
  const id = text(body, "organisation_id");
  const units = useOrganisations(id === null ? null : code).data?.items ?? [];
  const unit = id === null ? null : (units.find((one) => one.id === id)?.name ?? id);
  if (action === "reset") return <p>{say("staff_reset_text")}</p>;
  const rows = [
    ["staff_name", text(body, "display_name")],
    ["staff_username", text(body, "username")],
    ["staff_earlier", text(body, "earlier")],
    ["staff_unit", unit],
    ["staff_region", place],
  ] as const;
  return (
    <dl className="facts">
      {rows.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{say(name)}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
