// What stands around every page behind the login: the dark side bar, and on small screens a bar with a menu.
import { MenuOutlined } from "@ant-design/icons";
import { App, Button, Drawer } from "antd";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { resume } from "../lib/api";
import { useText } from "../lib/i18n";
import { common } from "../lib/i18n/common";
import { useLine } from "../lib/line";
import { keepFresh } from "../lib/live";
import { actsInCases, readsComplaints, type Staff, useSession } from "../lib/session";
import { Brand } from "../ui/Brand";
import { Notice } from "../ui/Notice";
import { PageLoading } from "../ui/PageLoading";
import { StepUp } from "../ui/StepUp";
import { LineBanner } from "./LineBanner";
import { LoginAgain } from "./LoginAgain";
import { queries } from "./queries";
import { Sidebar } from "./Sidebar";
import { Starting } from "./Starting";
import { words } from "./words";

/** Comes after the page. Without it nothing is held: what holds comes from the same place. */
const HeldBar = lazy(() =>
  import("../features/queue/HeldBar").then(
    ({ HeldBar }) => ({ default: HeldBar }),
    () => ({ default: () => null }),
  ),
);

export function Shell() {
  const say = useText(words);
  const both = useText(common);
  const session = useSession();
  const location = useLocation();
  const { cut } = useLine();
  const [menu, setMenu] = useState(false);

  // Wherever the menu led, it has done its work.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of place that counts.
  useEffect(() => setMenu(false), [location.pathname, location.search]);

  if (session.status === "starting") return <Starting />;
  if (session.status === "unreachable") {
    return (
      <Notice title={say("unreachable")} text={say("unreachable_do")}>
        <Button type="primary" onClick={() => void resume()}>
          {both("retry")}
        </Button>
      </Notice>
    );
  }
  if (session.status === "out") {
    const from = location.pathname + location.search;
    return <Navigate to="/login" replace state={{ from }} />;
  }
  return (
    // Another person begins with pages of their own.
    <div className={cut ? "shell cut" : "shell"} key={session.staff.id}>
      <Fresh staff={session.staff} />
      <Back />
      {session.status === "expired" ? <LoginAgain staff={session.staff} /> : null}
      <a className="skip" href="#main">
        {say("skip")}
      </a>
      <aside className="side">
        <Sidebar />
      </aside>
      <header className="topbar">
        <Button type="text" icon={<MenuOutlined />} aria-label={say("menu")} onClick={() => setMenu(true)} />
        <Brand />
      </header>
      <Drawer
        open={menu}
        onClose={() => setMenu(false)}
        placement="left"
        size={264}
        aria-label={say("menu")}
        closable={false}
        className="side-drawer"
      >
        <Sidebar />
      </Drawer>
      <StepUp />
      {actsInCases(session.staff.role) ? (
        <Suspense fallback={null}>
          <HeldBar />
        </Suspense>
      ) : null}
      <div className="body">
        <LineBanner />
        <main id="main" tabIndex={-1}>
          <Suspense fallback={<PageLoading />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </div>
  );
}

/** Says once that the line is back: the banner that goes is easily missed. */
function Back() {
  const say = useText(words);
  const { message } = App.useApp();
  const { cut } = useLine();
  const before = useRef(cut);
  useEffect(() => {
    if (before.current && !cut) message.success({ key: "held", content: say("line_back") });
    before.current = cut;
  }, [cut, message, say]);
  return null;
}

/** Listens for changes in the queue, on every page, for those who read complaints. */
function Fresh({ staff }: { staff: Staff }) {
  const reads = readsComplaints(staff.role);
  useEffect(() => (reads ? keepFresh(queries) : undefined), [reads]);
  return null;
}
