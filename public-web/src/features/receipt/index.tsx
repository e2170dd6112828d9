// The receipt and the progress of one's own case. Its code is here as long as the page is shown, and gone when it is left.
import { useEffect, useState } from "preact/hooks";
import { type Arrival, forgetView, readArrival } from "../../lib/filed";
import { lookedAt } from "../../lib/pending";
import { CasePage } from "./CasePage";
import { EnterPage } from "./EnterPage";
import "./receipt.css";

export default function ReceiptPage() {
  const [arrival, setArrival] = useState<Arrival | null>(() => readArrival(history.state));
  useEffect(() => {
    const moved = () => {
      if (location.pathname === "/receipt") setArrival(readArrival(history.state));
    };
    addEventListener("popstate", moved);
    return () => removeEventListener("popstate", moved);
  }, []);
  const code = arrival?.code ?? null;
  const fresh = arrival?.fresh === true;
  useEffect(() => {
    if (code === null) return undefined;
    if (fresh) lookedAt(code, false);
    // From now on only who kept it or wrote it down has it.
    const left = () => {
      if (fresh) lookedAt(code);
      forgetView(code);
    };
    const hidden = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) {
        // Perhaps only to be loaded again, for which this tab has what it needs.
        if (fresh) lookedAt(code);
        return;
      }
      // The browser keeps the page whole for stepping back.
      left();
      setArrival(null);
    };
    addEventListener("pagehide", hidden);
    return () => {
      removeEventListener("pagehide", hidden);
      left();
    };
  }, [code, fresh]);
  return arrival === null ? <EnterPage /> : <CasePage key={arrival.code} arrival={arrival} />;
}
