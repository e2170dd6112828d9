// The photo of the sheet that the committee signed on paper. It is asked for with the token, and kept nowhere.
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useText } from "../../lib/i18n";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { type Disclosure, readPaper } from "./data";
import { lifeWords } from "./words";

export function SignedPaper({ of }: { of: Disclosure }) {
  const say = useText(lifeWords);
  const { signoffs, version } = of.correction ?? of;
  const [url, setUrl] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => (url === null ? undefined : () => URL.revokeObjectURL(url)), [url]);
  if (!signoffs.some(({ on_paper }) => on_paper)) return null;

  const look = async () => {
    setBusy(true);
    setError(null);
    try {
      setUrl(URL.createObjectURL(await readPaper(of.id, version)));
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  if (url !== null) return <img src={url} alt={say("paper_photo")} style={{ maxWidth: "100%" }} />;
  return (
    <>
      <Button block onClick={() => void look()} loading={busy}>
        {say("see_paper")}
      </Button>
      {error === null ? null : <ProblemAlert error={error} />}
    </>
  );
}
