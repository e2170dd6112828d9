// The start: settings on the page, the first requests on their way, then the first drawing.
import { render } from "preact";
import { App } from "./app/App";
import { askEarly } from "./app/early";
import { pageFor } from "./app/pages";
import { applyLanguage } from "./lib/i18n";
import { setPreloader } from "./lib/preload";
import { applyTextSize, ownVillagePath } from "./lib/settings";
import "./styles/index.css";

const own =
  location.pathname === "/" ? ownVillagePath(Object.fromEntries(new URLSearchParams(location.search))) : null;
if (own !== null) history.replaceState(null, "", own);

setPreloader((path) => pageFor(path).preload());
askEarly(location.pathname);
applyTextSize();
applyLanguage();

const root = document.getElementById("app");
if (root !== null) {
  const draw = () => {
    // The first picture goes at the very moment the page comes: nothing of it is reused, so nothing moves.
    root.replaceChildren();
    render(<App />, root);
  };
  // Without its code a page shows why by itself.
  pageFor(location.pathname).preload().then(draw, draw);
}
