// What is done about one picture of a voucher: the clerk and the agency draw the boxes, the committee confirms.
import { Alert, App, Switch } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { BoxTools } from "./BoxTools";
import { type Box, sameBoxes } from "./boxes";
import { Drawing } from "./Drawing";
import { type Disclosure, useForget } from "./data";
import { confirm, redact, remove, usePicture, type Voucher } from "./vouchers";
import { voucherWords } from "./voucherWords";

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

function Failure({ error, draws = false }: { error: ApiError | null; draws?: boolean }) {
  const say = useText(voucherWords);
  if (error === null) return null;
  if (error.status !== 412) return <ProblemAlert error={error} />;
  return <Alert type="warning" showIcon role="alert" title={say(draws ? "stale_boxes" : "stale")} />;
}

interface DrawProps {
  of: Disclosure;
  voucher: Voucher;
  boxes: readonly Box[];
  onBoxes: (boxes: readonly Box[]) => void;
  onSaved: () => void;
  /** The picture is gone, and its boxes with it. */
  onTakenAway: () => void;
}

export function Draw({ of, voucher, boxes, onBoxes, onSaved, onTakenAway }: DrawProps) {
  const say = useText(voucherWords);
  const { modal } = App.useApp();
  const picture = usePicture(of.id, voucher, "original");
  // A place among the boxes of one version: in another it may be another box.
  const [picked, setPicked] = useState<{ version: number; place: number | null } | null>(null);
  const chosen = picked?.version === voucher.version ? picked.place : null;
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
  const choose = (place: number | null) => setPicked({ version: voucher.version, place });
  const tools = { picture: voucher, boxes, chosen, onBoxes, onChoose: choose };
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
          {voucher.state === "confirmed" ? (
            <Alert type="warning" showIcon title={say("again_confirm")} />
          ) : null}
          {isNew && voucher.state !== "uploaded" ? <p className="disc-quiet">{say("unsaved")}</p> : null}
          {/* Nothing covered is the exception: no filled button leads there before the first box. */}
          <SendButton
            type={boxes.length === 0 ? "default" : "primary"}
            size="large"
            block
            loading={busy}
            disabled={!isNew}
            onClick={ask}
          >
            {say(boxes.length === 0 ? "save_none" : "save")}
          </SendButton>
          <Failure error={error} draws />
        </section>
        {of.state === "draft" || of.state === "signed" ? (
          <TakeAway of={of} voucher={voucher} onDone={onTakenAway} />
        ) : null}
      </aside>
    </div>
  );
}

/** For a picture of the wrong paper; once the accounts are published it stays. */
function TakeAway({ of, voucher, onDone }: { of: Disclosure; voucher: Voucher; onDone: () => void }) {
  const say = useText(voucherWords);
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const { run, busy, error } = useDo(say("taken_away"));
  const ask = () =>
    modal.confirm({
      title: say("take_away_sure"),
      content: say("take_away_do"),
      okText: say("take_away"),
      okButtonProps: { danger: true },
      onOk: async () => {
        if (!(await run(() => remove(of.id, voucher)))) return;
        onDone();
        navigate(`/disclosures/${of.id}/vouchers`);
      },
    });
  return (
    <section className="card voucher-save">
      <SendButton danger size="large" block loading={busy} onClick={ask}>
        {say("take_away")}
      </SendButton>
      <Failure error={error} />
    </section>
  );
}

export function Confirm({ of, voucher }: { of: Disclosure; voucher: Voucher }) {
  const say = useText(voucherWords);
  const { run, busy, error } = useDo(say("confirm_done"));
  if (voucher.state === "uploaded") return <Alert type="info" showIcon title={say("waits_draw")} />;
  if (voucher.state === "confirmed") return null;
  return (
    <section className="card disc-action" aria-labelledby="voucher-confirm">
      <h2 id="voucher-confirm">{say("your_turn")}</h2>
      <p>{say("your_turn_do")}</p>
      <SendButton
        type="primary"
        size="large"
        block
        loading={busy}
        onClick={() => void run(() => confirm(of.id, voucher))}
      >
        {say("confirm")}
      </SendButton>
      <p className="disc-quiet voucher-not">{say("not_covered")}</p>
      <Failure error={error} />
    </section>
  );
}
