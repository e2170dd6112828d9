// One picture of a voucher: the clerk and the agency blacken it, the supervision committee looks at what is left and
// confirms. Nothing of it is public before.
import { Segmented } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useText } from "../../lib/i18n";
import { useStaff } from "../../lib/session";
import { useLeaveGuard } from "../../ui/leaving";
import { Notice } from "../../ui/Notice";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { usePageTitle } from "../../ui/pageTitle";
import { uiWords } from "../../ui/words";
import { type Box, sameBoxes, together } from "./boxes";
import { type Disclosure, drafts, isLedgerLine, useDisclosure, useLines } from "./data";
import { Heading } from "./parts";
import { Confirm, Draw } from "./VoucherActs";
import { VoucherTag } from "./VoucherTag";
import { confirms, usePicture, useVouchers, type Voucher } from "./vouchers";
import { voucherWords } from "./voucherWords";
import "./disclosures.css";
import "./vouchers.css";

export function Component() {
  const { id = "", voucherId = "" } = useParams();
  const say = useText(voucherWords);
  const one = useDisclosure(id);
  const vouchers = useVouchers(id);
  const voucher = vouchers.data?.find((found) => found.id === voucherId);
  const failed = one.error ?? vouchers.error;
  usePageTitle(say("title"));
  const show = () => {
    if (one.data !== undefined && voucher !== undefined) {
      return <Picture key={voucher.id} of={one.data} voucher={voucher} />;
    }
    if (one.isPending || vouchers.isPending) return <PageLoading />;
    if (failed !== null) {
      const again = () => void Promise.all([one.refetch(), vouchers.refetch()]);
      return <ProblemAlert error={failed} onRetry={again} />;
    }
    return (
      <Notice title={say("missing")}>
        <Link to={`/disclosures/${id}/vouchers`}>{say("back_to_list")}</Link>
      </Notice>
    );
  };
  return (
    <div className="disc-page">
      <Link to={`/disclosures/${id}/vouchers`} className="disc-back">
        ‹ {say("back_to_list")}
      </Link>
      {show()}
    </div>
  );
}

type View = "draw" | "original" | "left";

/** Boxes as they were drawn into one version of a voucher, and not saved yet. */
interface Drawn {
  version: number;
  boxes: readonly Box[];
}

function Picture({ of, voucher }: { of: Disclosure; voucher: Voucher }) {
  const say = useText(voucherWords);
  const sayUi = useText(uiWords);
  const { role } = useStaff();
  const lines = useLines(of.id);
  const line = lines.data?.filter(isLedgerLine).find((one) => one.id === voucher.line_id);
  const isDrawn = voucher.state !== "uploaded";
  // What everybody sees is never drawn in again; the server refuses it too.
  const isPublic =
    voucher.state === "confirmed" &&
    line !== undefined &&
    (of.state === "published" || of.state === "withdrawn");
  const mayDraw = drafts(role) && !isPublic;
  const first: View = drafts(role) ? (isDrawn ? "left" : "draw") : isDrawn ? "left" : "original";
  const [view, setView] = useState<View>(first);
  // Kept here, so that a look at what is shown now loses nothing.
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const boxes = boxesNow(voucher, drawn);
  const letGo = useLeaveGuard(mayDraw && !sameBoxes(boxes, voucher.rectangles), {
    title: sayUi("unsaved"),
    text: say("leave_do"),
  });
  const views: View[] = [mayDraw ? "draw" : "original", ...(isDrawn ? (["left"] as const) : [])];
  return (
    <>
      <header className="disc-head">
        <Heading>{line === undefined ? say("title") : say("voucher_of", { line: line.summary })}</Heading>
        <VoucherTag state={voucher.state} />
      </header>
      <p className="disc-lead">
        {say(voucher.state === "confirmed" && of.state === "published" ? "in_public" : "not_in_public")}
      </p>
      {views.length < 2 ? null : (
        <Segmented<View>
          className="voucher-views"
          value={view}
          onChange={setView}
          options={views.map((value) => ({ value, label: say(`view_${value}`) }))}
        />
      )}
      {isPublic && drafts(role) ? <p className="disc-quiet">{say("stays")}</p> : null}
      {view === "draw" && mayDraw ? (
        <Draw
          of={of}
          voucher={voucher}
          boxes={boxes}
          onBoxes={(next) => setDrawn({ version: voucher.version, boxes: next })}
          onSaved={() => {
            setDrawn(null);
            setView("left");
          }}
          onTakenAway={letGo}
        />
      ) : (
        <div className="disc-columns voucher-columns">
          <Shown of={of} voucher={voucher} which={view === "left" ? "redacted" : "original"} />
          <aside className="disc-aside">
            {confirms(role) ? <Confirm of={of} voucher={voucher} /> : null}
          </aside>
        </div>
      )}
    </>
  );
}

/** What is drawn; where a colleague saved boxes meanwhile, theirs and one's own. */
function boxesNow(voucher: Voucher, drawn: Drawn | null): readonly Box[] {
  if (drawn === null) return voucher.rectangles;
  return drawn.version === voucher.version ? drawn.boxes : together(voucher.rectangles, drawn.boxes);
}

function Shown({ of, voucher, which }: { of: Disclosure; voucher: Voucher; which: "original" | "redacted" }) {
  const say = useText(voucherWords);
  const picture = usePicture(of.id, voucher, which);
  if (picture.url === null) {
    return picture.error === null ? (
      <PageLoading />
    ) : (
      <ProblemAlert error={picture.error} onRetry={picture.again} />
    );
  }
  return (
    <img
      className="voucher-shown"
      src={picture.url}
      alt={say(which === "redacted" ? "left_alt" : "original_alt")}
      width={voucher.width}
      height={voucher.height}
    />
  );
}
