// Away at once, for somebody whom another must not see reading this. The page is empty before anything else happens;
// what this tab knows is forgotten; and whoever steps back through the history is sent on to the same empty page.
import { render } from "preact";
import { forgetDraftHere } from "./draft";
import { forgetViews } from "./filed";
import { LEFT, NEUTRAL } from "./left";
import { stepsHere } from "./navigate";
import { forgetTab, keepInTab } from "./storage";

const STEP_BACK_MS = 300;

export function leaveNow(): void {
  const root = document.getElementById("app");
  if (root !== null) {
    render(null, root);
    root.remove();
  }
  document.title = "";
  forgetDraftHere();
  forgetViews();
  forgetTab();
  keepInTab(LEFT, "1");
  // A page that the browser keeps whole for stepping back is empty, and goes on as well.
  addEventListener("pageshow", ({ persisted }) => persisted && location.replace(NEUTRAL));
  const away = () => location.replace(NEUTRAL);
  const steps = stepsHere();
  if (steps === 0) return away();
  // From the first entry of this visit on: then there is nothing of it left to step back to.
  addEventListener("popstate", away, { once: true });
  setTimeout(away, STEP_BACK_MS);
  history.go(-steps);
}
