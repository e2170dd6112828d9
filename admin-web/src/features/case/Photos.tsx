import { Button } from "antd";
import { useEffect, useState } from "react";
import { adminApi } from "../../lib/api";
import type { CaseView } from "../../lib/cases";
import { useText } from "../../lib/i18n";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { words } from "./words";

/** The photos that this reader may look at. Each is asked for with the token, and kept nowhere. */
export function Photos({ view }: { view: CaseView }) {
  const say = useText(words);
  if (view.attachments.length === 0) return null;
  return (
    <section className="card" aria-labelledby="photos">
      <h2 id="photos">{say("attachments")}</h2>
      <ul className="photos">
        {view.attachments.map(({ n, width, height }) => (
          <li key={n}>
            <Photo id={view.id} n={n} width={width} height={height} />
            {view.text != null && view.shared_attachments.includes(n) ? (
              <p className="quiet">{say("photo_shared")}</p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Photo({ id, n, width, height }: { id: string; n: number; width: number; height: number }) {
  const say = useText(words);
  const [url, setUrl] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => (url === null ? undefined : () => URL.revokeObjectURL(url)), [url]);

  const look = async () => {
    setBusy(true);
    setError(null);
    try {
      const params = { path: { id, n } };
      const { data } = await adminApi.GET("/api/v1/admin/complaints/{id}/attachments/{n}", {
        params,
        parseAs: "blob",
      });
      setUrl(URL.createObjectURL(data as unknown as Blob));
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  if (url !== null) return <img src={url} alt={say("photo", { n })} width={width} height={height} />;
  return (
    <>
      <Button onClick={() => void look()} loading={busy}>
        {say("photo_look", { n })}
      </Button>
      {error === null ? null : <ProblemAlert error={error} />}
    </>
  );
}
