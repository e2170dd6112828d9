// Every line of a ledger with the pictures of its voucher, and the way to add one.
import { formatDay, formatFen, formatPeriod } from "@yidiantong/client";
import { Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useLine } from "../../lib/line";
import { type ApiError, asApiError } from "../../lib/problem";
import { useStaff } from "../../lib/session";
import { FilePick } from "../../ui/FilePick";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { usePageTitle } from "../../ui/pageTitle";
import {
  type Disclosure,
  drafts,
  isLedgerLine,
  type Line,
  useDisclosure,
  useForget,
  useLines,
  useVillageName,
} from "./data";
import { Heading, StateTag } from "./parts";
import { VoucherTag } from "./VoucherTag";
import { addVoucher, useVouchers, type Voucher } from "./vouchers";
import { voucherWords } from "./voucherWords";
import { detailWords } from "./words";
import "./disclosures.css";
import "./vouchers.css";

/** Bytes of a picture as it is sent; the server counts them too. */
const MOST_BYTES = 10 * 1024 * 1024;

export function Component() {
  const { id = "" } = useParams();
  const say = useText(voucherWords);
  const one = useDisclosure(id);
  usePageTitle(say("title"));
  return (
    <div className="disc-page disc-narrow">
      <Link to={`/disclosures/${id}`} className="disc-back">
        ‹ {say("back_to_ledger")}
      </Link>
      {one.isPending ? <PageLoading /> : null}
      {one.data === undefined && one.error !== null ? (
        <ProblemAlert error={one.error} onRetry={() => void one.refetch()} />
      ) : null}
      {one.data === undefined ? null : <Pictures of={one.data} />}
    </div>
  );
}

function Pictures({ of }: { of: Disclosure }) {
  const say = useText(voucherWords);
  const sayDetail = useText(detailWords);
  const both = useText(common);
  const language = useLanguage();
  const nameOf = useVillageName();
  const { role } = useStaff();
  const lines = useLines(of.id);
  const vouchers = useVouchers(of.id);
  const failed = lines.error ?? vouchers.error;
  const mayAdd = drafts(role) && of.state !== "published";
  return (
    <>
      <header className="disc-head">
        <Heading>
          {say("title")} · {nameOf(of.region_code)} {formatPeriod(of.period, language)}
        </Heading>
        <StateTag state={of.state} />
      </header>
      <p className="disc-lead">{say("lead")}</p>
      {lines.isPending || vouchers.isPending ? <PageLoading /> : null}
      {failed === null ? null : (
        <ProblemAlert
          error={failed}
          onRetry={() => {
            void lines.refetch();
            void vouchers.refetch();
          }}
        />
      )}
      {lines.data === undefined || vouchers.data === undefined ? null : (
        <ol className="voucher-lines">
          {lines.data.filter(isLedgerLine).map((line) => (
            <Row
              key={line.id}
              of={of}
              line={line}
              vouchers={vouchers.data.filter((voucher) => voucher.line_id === line.id)}
              mayAdd={mayAdd}
            />
          ))}
        </ol>
      )}
      {lines.data === undefined ? null : (
        <p className="disc-foot">
          {sayDetail("shown", { n: lines.data.length, all: of.line_count })}
          {lines.hasNextPage ? (
            <Button loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
              {both("more")}
            </Button>
          ) : null}
        </p>
      )}
    </>
  );
}

interface RowProps {
  of: Disclosure;
  line: Line;
  vouchers: readonly Voucher[];
  mayAdd: boolean;
}

function Row({ of, line, vouchers, mayAdd }: RowProps) {
  const say = useText(voucherWords);
  const language = useLanguage();
  const fen = line.income_fen !== 0 ? line.income_fen : line.expense_fen;
  const facts = [formatDay(line.date, language), line.voucher_no, formatFen(fen, language)];
  return (
    <li className="card voucher-line" value={line.no}>
      <div className="voucher-what">
        <strong>{line.summary}</strong>
        <small className="disc-sub">{facts.filter(Boolean).join(" · ")}</small>
      </div>
      {vouchers.length === 0 ? null : (
        <ul className="voucher-list">
          {vouchers.map((voucher, at) => (
            <li key={voucher.id}>
              <Link
                to={`/disclosures/${of.id}/vouchers/${voucher.id}`}
                aria-label={say("picture_of", { line: line.summary, n: at + 1 })}
              >
                {say("picture", { n: at + 1 })}
              </Link>
              <VoucherTag state={voucher.state} />
            </li>
          ))}
        </ul>
      )}
      {mayAdd ? <Add of={of} line={line} /> : null}
    </li>
  );
}

function Add({ of, line }: { of: Disclosure; line: Line }) {
  const say = useText(voucherWords);
  const { cut } = useLine();
  const forget = useForget();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);

  const add = async (file: File | undefined) => {
    if (file === undefined || busy) return;
    setError(null);
    setFault(file.size > MOST_BYTES ? say("too_large") : null);
    if (file.size > MOST_BYTES) return;
    setBusy(true);
    try {
      await addVoucher(of.id, line.id, file);
      await forget();
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="voucher-add">
      <FilePick
        accept="image/jpeg,image/png,image/webp"
        label={say("add_to", { line: line.summary })}
        disabled={busy || cut}
        face={say(busy ? "adding" : "add")}
        onPick={(file) => void add(file)}
      />
      {fault === null ? null : (
        <span className="disc-fault" role="alert">
          {fault}
        </span>
      )}
      {error === null ? null : <ProblemAlert error={error} />}
    </div>
  );
}
