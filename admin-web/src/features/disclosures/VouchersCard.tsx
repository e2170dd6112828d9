// How far the pictures of a ledger's vouchers are, beside the ledger.
import { Link } from "react-router";
import { useText } from "../../lib/i18n";
import { ProblemAlert } from "../../ui/ProblemAlert";
import type { Disclosure } from "./data";
import { useVouchers, type Voucher } from "./vouchers";
import { voucherWords } from "./voucherWords";
import "./vouchers.css";

const STATES: readonly Voucher["state"][] = ["uploaded", "redacted", "confirmed"];

export function VouchersCard({ of }: { of: Disclosure }) {
  const say = useText(voucherWords);
  const vouchers = useVouchers(of.id);
  if (vouchers.isPending) return null;
  const found = vouchers.data ?? [];
  const counts = STATES.map((state) => [state, found.filter((one) => one.state === state).length] as const);
  return (
    <section className="card" aria-labelledby="disc-vouchers">
      <h2 id="disc-vouchers">{say("title")}</h2>
      {vouchers.data === undefined ? (
        <ProblemAlert error={vouchers.error} onRetry={() => void vouchers.refetch()} />
      ) : found.length === 0 ? (
        <p className="disc-quiet">{say("no_pictures")}</p>
      ) : (
        <ul className="disc-counts">
          {counts
            .filter(([, n]) => n > 0)
            .map(([state, n]) => (
              <li key={state}>{say(`n_${state}`, { n })}</li>
            ))}
        </ul>
      )}
      <Link to={`/disclosures/${of.id}/vouchers`} className="disc-back">
        {say("open_list")}
      </Link>
    </section>
  );
}
