// A file is looked at first: what would be new, what would change; then it is published, with a reason.

import { Alert } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { FilePick } from "../../ui/FilePick";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { type ImportedFile, ImportLook, type ImportView } from "./ImportLook";
import { PublishForm } from "./PublishForm";
import { words } from "./words";

export function ImportFile() {
  const say = useText(words);
  const [file, setFile] = useState<ImportedFile | null>(null);
  const [view, setView] = useState<ImportView | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [isNotJson, setNotJson] = useState(false);
  const [busy, setBusy] = useState(false);

  const look = async (body: ImportedFile) => {
    setBusy(true);
    try {
      const params = { query: { preview: true } };
      const { data } = await adminApi.POST("/api/v1/admin/powers/import", { params, body });
      setView(data ?? null);
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
    let read: ImportedFile;
    try {
      read = JSON.parse(await chosen.text());
    } catch {
      setNotJson(true);
      return;
    }
    setFile(read);
    await look(read);
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
      {view === null || file === null ? null : (
        <>
          <ImportLook view={view} file={file} />
          {view.imported || view.new + view.changed === 0 ? null : (
            <PublishForm
              name={say("import_do")}
              publish={(reason) => {
                const params = { query: { reason } };
                return adminApi.POST("/api/v1/admin/powers/import", { params, body: file });
              }}
              onDone={setView}
            />
          )}
        </>
      )}
    </section>
  );
}
