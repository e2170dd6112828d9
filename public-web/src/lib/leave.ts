// Away at once, for somebody whom another must not see reading this. The page is empty before anything else happens;
// what this tab knows is forgotten; and whoever steps back through the history is sent on to the same empty page.
import { render } from "preact";
import { forgetDraftHere } from "./draft";
import { forgetViews } from "./filed";
import { LEFT, NEUTRAL } from "./left";
import { stepsHere } from "./navigate";
import { forgetReceipts } from "./outbox";
import { forgetTab, keepInTab } from "./storage";
import { forgetUnsent } from "./unsent";

const MOMENT_MS = 300;

export function leaveNow(): void {
  const root = document.getElementById("app");
  if (root !== null) {
    render(null, root);
    root.remove();
  }
  document.title = "";
  forgetDraftHere();
  forgetViews();
  forgetUnsent();
  forgetTab();
  keepInTab(LEFT, "1");
  // A page that the browser keeps whole for stepping back is empty, and goes on as well.
  addEventListener("pageshow", ({ persisted }) => persisted && location.replace(NEUTRAL));
  // The page is empty already; a receipt that lies in the database takes a moment more.
  void Promise.race([forgetReceipts(), pause()]).then(stepOut, stepOut);
}

const pause = () => new Promise((done) => setTimeout(done, MOMENT_MS));
const away = () => location.replace(NEUTRAL);

/** From the first entry of this visit on: then there is nothing of it left to step back to. */
function stepOut(): void {
  const steps = stepsHere();
  if (steps === 0) {
    away();
    return;
  }
  addEventListener("popstate", away, { once: true });
  setTimeout(away, MOMENT_MS);
  history.go(-steps);
}
