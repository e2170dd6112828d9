// The receipt and the progress of one's own case. The code lives in this entry of the history and in memory:
// never in the address, where others could read it.
import { useEffect, useState } from "preact/hooks";
import { type Arrival, readArrival } from "../../lib/filed";
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
  // Looked at, and left for another page: from now on only who kept it or wrote it down has it.
  const fresh = arrival?.fresh === true ? arrival.code : null;
  useEffect(() => {
    if (fresh === null) return undefined;
    lookedAt(fresh, false);
    return () => lookedAt(fresh);
  }, [fresh]);
  return arrival === null ? <EnterPage /> : <CasePage key={arrival.code} arrival={arrival} />;
}
