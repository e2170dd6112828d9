// An item that somebody begins to change. There is no draft before they save: whoever only looks leaves nothing behind.
import type { AdminComponents } from "@yidiantong/client";
import { type ReactNode, useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { readsConfiguration, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { useLeaveGuard } from "../../ui/leaving";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { uiWords } from "../../ui/words";
import { asItem, listAddress, type PowerView, usePower, versionsAddress } from "./data";
import { ForWhom } from "./ForWhom";
import { ItemForm } from "./ItemForm";
import type { Item, Kind } from "./item";
import { words } from "./words";
import "./powers.css";

type Draft = AdminComponents["schemas"]["PowerDraftView"];

export function Component() {
  return readsConfiguration(useStaff().role) ? <EditPage /> : <Forbidden />;
}

function EditPage() {
  const { id = "" } = useParams();
  const [params] = useSearchParams();
  const found = usePower(id);
  const [opened] = useState(Date.now);
  // What was read before may be a version behind: writing on from it would take back what came since.
  if (found.data !== undefined && found.dataUpdatedAt >= opened) {
    return <Editing key={id} power={found.data} region={params.get("for") ?? found.data.region_code} />;
  }
  if (found.error === null) return <PageLoading rows={8} />;
  return (
    <div className="page-body">
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
    </div>
  );
}

function Editing({ power, region }: { power: PowerView; region: string }) {
  const say = useText(words);
  // As it was when it was opened: the form is about that.
  const [item] = useState(() => asItem(power));
  return (
    <Writing
      item={item}
      region={region}
      list={power.list}
      title={say("edit", { name: power.name })}
      lead={
        <>
          <ForWhom region={region} above={power.region_code === region ? null : power} /> {say("edit_lead")}
        </>
      }
    >
      <Link to={versionsAddress(power.id)}>{say("versions")}</Link>
    </Writing>
  );
}

interface WritingProps {
  item: Item;
  /** Whose list it is for, and which. */
  region: string;
  list: Kind;
  title: string;
  lead: ReactNode;
  /** Of a new item, where it comes from and who may use it. */
  origin?: { source: string; licence: string };
  children?: ReactNode;
  /** Above the form. */
  before?: ReactNode;
}

/** What nobody has saved yet. */
export function Writing({ item, region, list, title, lead, origin, children, before }: WritingProps) {
  const say = useText(words);
  const sayUi = useText(uiWords);
  const go = useNavigate();
  const [unsaved, setUnsaved] = useState(false);
  const letGo = useLeaveGuard(unsaved, { title: sayUi("unsaved"), text: sayUi("unsaved_do") });
  const begin = (now: Draft["item"]) => {
    const body = { region_code: region, list, ...origin, ...(now == null ? {} : { item: now }) };
    return adminApi.POST("/api/v1/admin/powers/drafts", { body });
  };
  return (
    <div className="page-body">
      <PageHead title={title} lead={lead}>
        {children}
        <Link to={listAddress(region)}>{say("back_to_list")}</Link>
      </PageHead>
      {before}
      <ItemForm
        item={item}
        onSave={begin}
        onSaved={(draft) => {
          letGo();
          void go(`/powers/drafts/${draft.id}`, { replace: true });
        }}
        onUnsaved={setUnsaved}
      />
    </div>
  );
}
