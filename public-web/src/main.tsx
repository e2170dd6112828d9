// The start: settings on the page, the first requests on their way, then the first drawing.
import { render } from "preact";
import { App } from "./app/App";
import { askEarly } from "./app/early";
import { pageFor } from "./app/pages";
import { language } from "./lib/i18n";
import { turnAway } from "./lib/left";
import { watchLine } from "./lib/line";
import { setPreloader } from "./lib/preload";
import { dressRoot } from "./lib/remembered";
import { currentTextSize, ownVillagePath } from "./lib/settings";
import "./styles/index.css";

// The first script has done these two already, if it came.
dressRoot(currentTextSize(), language());
const query = Object.fromEntries(new URLSearchParams(location.search));
// A township has no board of its own here: its villages are shown to choose from.
const above = /^\/v\/(\d{9}000)(\/|$)/.exec(location.pathname)?.[1];
const own =
  above !== undefined ? `/?find&in=${above}` : location.pathname === "/" ? ownVillagePath(query) : null;
if (own !== null) history.replaceState(null, "", own);

setPreloader((path) => pageFor(path).preload());

const bringLater = () =>
  import("./app/later").then(
    ({ beginLater }) => beginLater(),
    () => undefined,
  );

const root = document.getElementById("app");
if (root !== null && !turnAway()) {
  askEarly(location.pathname);
  watchLine();
  const draw = () => {
    // The first picture goes at the very moment the page comes: nothing of it is reused, so nothing moves.
    root.replaceChildren();
    render(<App />, root);
    setTimeout(bringLater);
  };
  // In a task of its own: on a slow phone the running of all this code was long enough. Without its code a page shows why
  // by itself.
  const next = () => void setTimeout(draw);
  pageFor(location.pathname).preload().then(next, next);
}
