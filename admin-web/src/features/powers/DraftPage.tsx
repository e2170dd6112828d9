import { useQueryClient } from "@tanstack/react-query";
import type { AdminComponents } from "@yidiantong/client";
import { App } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { $admin, adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { asApiError } from "../../lib/problem";
import { readsConfiguration, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { useLeaveGuard } from "../../ui/leaving";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { uiWords } from "../../ui/words";
import { Changes } from "./Changes";
import { Compare } from "./Compare";
import { Conflict } from "./Conflict";
import { asItem, listAddress, versionsAddress } from "./data";
import { ForWhom } from "./ForWhom";
import { ItemForm } from "./ItemForm";
import type { Item } from "./item";
import { PublishForm } from "./PublishForm";
import { words } from "./words";
import "./powers.css";

type Draft = AdminComponents["schemas"]["PowerDraftView"];

export function Component() {
  return readsConfiguration(useStaff().role) ? <DraftPage /> : <Forbidden />;
}

function DraftPage() {
  const { id = "" } = useParams();
  const found = $admin.useQuery("get", "/api/v1/admin/powers/drafts/{id}", { params: { path: { id } } });
  if (found.isPending) return <PageLoading rows={8} />;
  if (found.data === undefined) {
    return (
      <div className="page-body">
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      </div>
    );
  }
  return <OneDraft draft={found.data} />;
}

function OneDraft({ draft }: { draft: Draft }) {
  const say = useText(words);
  const name = draft.name ?? draft.in_force?.name ?? draft.code;
  const above = draft.above?.plain_language;
  const [unsaved, setUnsaved] = useState(false);
  const sayUi = useText(uiWords);
  const letGo = useLeaveGuard(unsaved, { title: sayUi("unsaved"), text: sayUi("unsaved_do") });
  const current = draft.in_force;
  return (
    <div className="page-body">
      <PageHead
        title={say(draft.removes ? "removal" : "draft", { name })}
        lead={<ForWhom region={draft.region_code} above={draft.removes ? null : (draft.above ?? null)} />}
      >
        {current == null ? null : <Link to={versionsAddress(current.id)}>{say("versions")}</Link>}
      </PageHead>
      {draft.removes ? (
        <section className="card">
          <p>{say("removal_lead")}</p>
          <p>{above === undefined ? say("nothing_above") : `${say("stands_again")}${above}`}</p>
        </section>
      ) : null}
      <section className="card" aria-label={say("changes")}>
        <h2>{say("changes")}</h2>
        <Beside draft={draft} />
      </section>
      <Publish draft={draft} unsaved={unsaved} onDiscarded={letGo} />
      {draft.item === null || draft.item === undefined ? null : (
        <Writing key={draft.id} draft={draft} onUnsaved={setUnsaved} />
      )}
    </div>
  );
}

/** The form is about the draft as it was opened; what somebody else saves meanwhile must not be written over unseen. */
function Writing({ draft, onUnsaved }: { draft: Draft; onUnsaved: (unsaved: boolean) => void }) {
  const [opened, setOpened] = useState(draft);
  const [met, setMet] = useState<{ theirs: Draft; mine: Item } | null>(null);
  // Another form only where other words are to stand in it.
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const queries = useQueryClient();
  const put = (item: Item, version: number) => {
    const params = { path: { id: draft.id }, header: { "If-Match": `"${version}"` } };
    return adminApi.PUT("/api/v1/admin/powers/drafts/{id}", { params, body: { item } });
  };
  const save = async (item: Item) => {
    setMet(null);
    try {
      return await put(item, opened.version);
    } catch (thrown) {
      if (asApiError(thrown).status === 412) {
        const params = { path: { id: draft.id } };
        const { data } = await adminApi.GET("/api/v1/admin/powers/drafts/{id}", { params });
        if (data !== undefined) setMet({ theirs: data, mine: item });
      }
      throw thrown;
    }
  };
  const keepMine = async ({ theirs, mine }: { theirs: Draft; mine: Item }) => {
    setBusy(true);
    setFailed(null);
    try {
      const { data } = await put(mine, theirs.version);
      if (data !== undefined) setOpened(data);
      setMet(null);
      await queries.invalidateQueries();
    } catch (thrown) {
      setFailed(thrown);
    } finally {
      setBusy(false);
    }
  };
  if (opened.item == null) return null;
  return (
    <>
      {met === null ? null : (
        <Conflict
          {...met}
          busy={busy}
          onMine={() => void keepMine(met)}
          onTheirs={() => {
            setOpened(met.theirs);
            setRound(round + 1);
            setMet(null);
            void queries.invalidateQueries();
          }}
        />
      )}
      {failed === null ? null : <ProblemAlert error={failed} />}
      <ItemForm key={round} item={opened.item} onSave={save} onSaved={setOpened} onUnsaved={onUnsaved} />
    </>
  );
}

/** The draft beside what is in force: as two versions where there are two. */
function Beside({ draft }: { draft: Draft }) {
  const say = useText(words);
  const current = draft.in_force;
  const next = draft.item ?? (draft.above == null ? null : asItem(draft.above));
  if (current == null || next === null) return <Changes changes={draft.changes} />;
  const heads = [
    `${say("in_force")} · ${say("version", { n: current.version })}`,
    draft.removes ? say("stands_again").replace(/[：:]$/, "") : say("draft_new"),
  ] as const;
  return <Compare before={asItem(current)} after={next} heads={heads} />;
}

interface PublishProps {
  draft: Draft;
  unsaved: boolean;
  /** The draft is gone: what is typed into it no longer counts. */
  onDiscarded: () => void;
}

function Publish({ draft, unsaved, onDiscarded }: PublishProps) {
  const say = useText(words);
  const go = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const params = { path: { id: draft.id }, header: { "If-Match": `"${draft.version}"` } };
  const publish = (reason: string) =>
    adminApi.POST("/api/v1/admin/powers/drafts/{id}/publish", { params, body: { reason } });
  const onDone = () => {
    message.success(say("published_done", { name: draft.name ?? draft.in_force?.name ?? draft.code }));
    return go(listAddress(draft.region_code));
  };
  const [stayed, setStayed] = useState<unknown>(null);
  const discard = async () => {
    setStayed(null);
    try {
      await adminApi.POST("/api/v1/admin/powers/drafts/{id}/discard", { params });
    } catch (thrown) {
      return setStayed(thrown);
    }
    onDiscarded();
    // Not asked for at once: this page would ask for the draft once more, and it is gone.
    await queries.invalidateQueries({ refetchType: "none" });
    await go(listAddress(draft.region_code));
  };
  return (
    <PublishForm
      name={say("publish")}
      className="card page-form"
      disabled={unsaved}
      anew="next"
      publish={publish}
      onDone={onDone}
      beside={<SendButton onClick={() => void discard()}>{say("discard")}</SendButton>}
    >
      {stayed === null ? null : <ProblemAlert error={stayed} />}
      {/* What is typed below and not saved would be lost without a word. */}
      {unsaved ? <p role="status">{say("save_first")}</p> : null}
    </PublishForm>
  );
}
