// What an imported file would do, or did: of each item that is not as it was, what is new and what is other.
import type { AdminComponents } from "@yidiantong/client";
import { Alert } from "antd";
import { useText } from "../../lib/i18n";
import { useRegion } from "../../lib/regions";
import { Changes } from "./Changes";
import { Preview } from "./Preview";
import { words } from "./words";

export type ImportView = AdminComponents["schemas"]["PowerImportView"];
export type ImportedFile = AdminComponents["schemas"]["PowerFile"];
type ImportedItem = AdminComponents["schemas"]["PowerImportItem"];

export function ImportLook({ view, file }: { view: ImportView; file: ImportedFile }) {
  const say = useText(words);
  const place = useRegion(file.region_code).data;
  const counts = { new: view.new, changed: view.changed, unchanged: view.unchanged };
  return (
    <>
      <Alert
        type={view.imported ? "success" : "info"}
        showIcon
        role="status"
        title={`${view.imported ? `${say("import_done")}：` : ""}${say("import_look", counts)}`}
        description={say("import_where", { place: place?.short_name ?? file.region_code })}
      />
      {view.items
        .filter(({ outcome }) => outcome !== "unchanged")
        .map((item) => (
          <Imported key={item.code} item={item} file={file} />
        ))}
    </>
  );
}

function Imported({ item, file }: { item: ImportedItem; file: ImportedFile }) {
  const say = useText(words);
  const above = item.stands_in_for ?? null;
  const upper = useRegion(above).data?.short_name ?? above ?? "";
  const title = () => {
    if (item.outcome === "changed") return say("import_changed", { name: item.name });
    if (above !== null) return say("import_instead", { name: item.name, above: upper });
    return say("import_new", { name: item.name });
  };
  const whole = file.items.find(({ code }) => code === item.code);
  return (
    <details className="import-item">
      <summary>{title()}</summary>
      {item.changes.length > 0 ? <Changes changes={item.changes} /> : null}
      {item.changes.length === 0 && whole !== undefined ? <Preview item={whole} /> : null}
    </details>
  );
}
