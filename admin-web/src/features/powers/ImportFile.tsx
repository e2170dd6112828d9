// A file is looked at first: what would be new, what would change; then it is published.

import { useQueryClient } from "@tanstack/react-query";
import type { AdminComponents } from "@yidiantong/client";
import { Alert } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { useRegion } from "../../lib/regions";
import { FilePick } from "../../ui/FilePick";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { Changes } from "./Changes";
import { words } from "./words";

type View = AdminComponents["schemas"]["PowerImportView"];
type File_ = AdminComponents["schemas"]["PowerFile"];

export function ImportFile() {
  const say = useText(words);
  const queries = useQueryClient();
  const [file, setFile] = useState<File_ | null>(null);
  const [view, setView] = useState<View | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [isNotJson, setNotJson] = useState(false);
  const [busy, setBusy] = useState(false);

  const send = async (body: File_, preview: boolean) => {
    setBusy(true);
    setError(null);
    try {
      const params = { query: { preview } };
      const { data } = await adminApi.POST("/api/v1/admin/powers/import", { params, body });
      setView(data ?? null);
      if (!preview) await queries.invalidateQueries();
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };
  const choose = async (chosen: File | undefined) => {
    setView(null);
    setError(null);
    setNotJson(false);
    if (chosen === undefined) return;
    let read: File_;
    try {
      read = JSON.parse(await chosen.text());
    } catch {
      setNotJson(true);
      return;
    }
    setFile(read);
    await send(read, true);
  };
  return (
    <section className="card" aria-label={say("import")}>
      <p>
        <FilePick
          accept=".json,application/json"
          label={say("import")}
          disabled={busy}
          face={say("import")}
          onPick={(file) => void choose(file)}
        />{" "}
        <span className="quiet">{say("import_hint")}</span>
      </p>
      {isNotJson ? <Alert type="error" showIcon role="alert" title={say("not_json")} /> : null}
      {error === null ? null : <ProblemAlert error={error} />}
      {view === null || file === null ? null : <Looked view={view} region={file.region_code} />}
      {view === null || file === null || view.imported || view.new + view.changed === 0 ? null : (
        <SendButton type="primary" loading={busy} onClick={() => void send(file, false)}>
          {say("import_do")}
        </SendButton>
      )}
    </section>
  );
}

function Looked({ view, region }: { view: View; region: string }) {
  const say = useText(words);
  const place = useRegion(region).data;
  const counts = { new: view.new, changed: view.changed, unchanged: view.unchanged };
  return (
    <>
      <Alert
        type={view.imported ? "success" : "info"}
        showIcon
        role="status"
        title={`${view.imported ? `${say("import_done")}：` : ""}${say("import_look", counts)}`}
        description={say("import_where", { place: place?.name ?? region })}
      />
      {view.items
        .filter(({ outcome }) => outcome !== "unchanged")
        .map((item) => {
          const title = say(item.outcome === "new" ? "import_new" : "import_changed", { name: item.name });
          return item.changes.length === 0 ? (
            <p key={item.code}>{title}</p>
          ) : (
            <details key={item.code}>
              <summary>{title}</summary>
              <Changes changes={item.changes} />
            </details>
          );
        })}
    </>
  );
}
