import { Form, Select } from "antd";
import { useState } from "react";
import { useText } from "../../lib/i18n";
import { useOrganisations } from "../../lib/regions";
import { RegionSelect } from "../../ui/RegionSelect";
import { words } from "./words";

/** Where the unit is, and which: what somebody works in. */
export function UnitFields({ first }: { first: string }) {
  const say = useText(words);
  const form = Form.useFormInstance();
  const [place, setPlace] = useState(first);
  const units = useOrganisations(place);
  return (
    <div className="two-columns">
      <Form.Item label={say("place")} htmlFor="staff-place">
        <RegionSelect
          id="staff-place"
          levels={["city", "county", "township", "village"]}
          value={place}
          onChange={(code) => {
            setPlace(code);
            form.resetFields(["organisation_id"]);
          }}
        />
      </Form.Item>
      <Form.Item
        name="organisation_id"
        label={say("unit")}
        rules={[{ required: true, message: say("need") }]}
      >
        <Select
          placeholder={say("choose")}
          loading={units.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={(units.data?.items ?? [])
            .filter((unit) => unit.region_code === place)
            .map((unit) => ({ value: unit.id, label: unit.name }))}
        />
      </Form.Item>
    </div>
  );
}
