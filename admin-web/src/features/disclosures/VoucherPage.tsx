// One picture of a voucher: the clerk and the agency blacken it, the supervision committee looks at what is left and
// confirms. Nothing of it is public before.
import { Alert, App, Button, Segmented, Switch } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { useStaff } from "../../lib/session";
import { Notice } from "../../ui/Notice";
import { useOnline } from "../../ui/online";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { usePageTitle } from "../../ui/pageTitle";
import { BoxTools } from "./BoxTools";
import { type Box, sameBoxes } from "./boxes";
import { Drawing } from "./Drawing";
import { type Disclosure, drafts, useDisclosure, useForget, useLines } from "./data";
import { Heading } from "./parts";
import { VoucherTag } from "./VoucherTag";
import { voucherWords } from "./voucherWords";
import { confirm, confirms, redact, usePicture, useVouchers, type Voucher } from "./vouchers";
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

function Picture({ of, voucher }: { of: Disclosure; voucher: Voucher }) {
  const say = useText(voucherWords);
  const { role } = useStaff();
  const lines = useLines(of.id);
  const line = lines.data?.find((one) => one.id === voucher.line_id);
  const isDrawn = voucher.state !== "uploaded";
  const first: View = drafts(role) ? (isDrawn ? "left" : "draw") : isDrawn ? "left" : "original";
  const [view, setView] = useState<View>(first);
  const views: View[] = [drafts(role) ? "draw" : "original", ...(isDrawn ? (["left"] as const) : [])];
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
      {view === "draw" ? (
        <Draw key={voucher.version} of={of} voucher={voucher} onSaved={() => setView("left")} />
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

/** Does one thing to a voucher, and shows it as it is afterwards. */
function useDo(done: string) {
  const forget = useForget();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await work();
      await forget();
      void message.success(done);
      return true;
    } catch (thrown) {
      const refused = asApiError(thrown);
      setError(refused);
      if (refused.status === 412) await forget();
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, error };
}

function Failure({ error }: { error: ApiError | null }) {
  const say = useText(voucherWords);
  if (error === null) return null;
  if (error.status !== 412) return <ProblemAlert error={error} />;
  return <Alert type="warning" showIcon role="alert" title={say("stale")} />;
}

function Draw({ of, voucher, onSaved }: { of: Disclosure; voucher: Voucher; onSaved: () => void }) {
  const say = useText(voucherWords);
  const online = useOnline();
  const { modal } = App.useApp();
  const picture = usePicture(of.id, voucher, "original");
  const [boxes, setBoxes] = useState<readonly Box[]>(voucher.rectangles);
  const [chosen, setChosen] = useState<number | null>(null);
  const [draws, setDraws] = useState(true);
  const { run, busy, error } = useDo(say("saved"));
  const isNew = voucher.state === "uploaded" || !sameBoxes(boxes, voucher.rectangles);

  const save = async () => {
    if (await run(() => redact(of.id, voucher, boxes))) onSaved();
  };
  const ask = () => {
    if (boxes.length > 0) return void save();
    modal.confirm({
      title: say("sure_none"),
      content: say("sure_none_do"),
      okText: say("save_none"),
      onOk: save,
    });
  };
  if (picture.url === null) {
    return picture.error === null ? (
      <PageLoading />
    ) : (
      <ProblemAlert error={picture.error} onRetry={picture.again} />
    );
  }
  const tools = { picture: voucher, boxes, chosen, onBoxes: setBoxes, onChoose: setChosen };
  return (
    <div className="disc-columns voucher-columns">
      <div className="disc-main">
        <p>{say("cover")}</p>
        <p className="disc-quiet" id="voucher-draw-hint">
          {say("draw_hint")}
        </p>
        <div className="voucher-touch">
          <Switch id="voucher-touch" checked={draws} onChange={setDraws} />
          <label htmlFor="voucher-touch">{say("touch_draws")}</label>
        </div>
        <Drawing src={picture.url} label={say("original_alt")} draws={draws} {...tools} />
      </div>
      <aside className="disc-aside">
        <BoxTools {...tools} />
        <section className="card voucher-save">
          {voucher.state === "confirmed" ? <Alert type="warning" showIcon title={say("again_confirm")} /> : null}
          {isNew && voucher.state !== "uploaded" ? <p className="disc-quiet">{say("unsaved")}</p> : null}
          <Button type="primary" size="large" block loading={busy} disabled={!online || !isNew} onClick={ask}>
            {say(boxes.length === 0 ? "save_none" : "save")}
          </Button>
          <Failure error={error} />
        </section>
      </aside>
    </div>
  );
}

function Confirm({ of, voucher }: { of: Disclosure; voucher: Voucher }) {
  const say = useText(voucherWords);
  const online = useOnline();
  const { run, busy, error } = useDo(say("confirm_done"));
  if (voucher.state === "uploaded") return <Alert type="info" showIcon title={say("waits_draw")} />;
  if (voucher.state === "confirmed") return null;
  return (
    <section className="card disc-action" aria-labelledby="voucher-confirm">
      <h2 id="voucher-confirm">{say("your_turn")}</h2>
      <p>{say("your_turn_do")}</p>
      <Button
        type="primary"
        size="large"
        block
        loading={busy}
        disabled={!online}
        onClick={() => void run(() => confirm(of.id, voucher))}
      >
        {say("confirm")}
      </Button>
      <p className="disc-quiet voucher-not">{say("not_covered")}</p>
      <Failure error={error} />
    </section>
  );
}
