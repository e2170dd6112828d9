// The first script, a few hundred bytes, built on its own (see build.mjs): puts the reader's text size on the
// first picture, and sends off the first requests while the pages' code is still coming.
import { firstReads } from "./lib/first";
import { turnAway } from "./lib/left";
import {
  dressRoot,
  onwardFrom,
  rememberedLanguage,
  rememberedSize,
  rememberedVillage,
} from "./lib/remembered";

const away = turnAway();
const language = rememberedLanguage();
dressRoot(rememberedSize(), language);

const query = Object.fromEntries(new URLSearchParams(location.search));
const onward = location.pathname === "/" ? onwardFrom(rememberedVillage(), query) : null;
if (onward !== null) history.replaceState(null, "", onward);

const headers = { "Accept-Language": language === "en" ? "en" : "zh-CN" };
window.ydtEarly = new Map(
  (away ? [] : firstReads(location.pathname)).map((path) => {
    const stop = new AbortController();
    // biome-ignore lint/style/noRestrictedGlobals: the client is in the code that is still on its way.
    const answer = fetch(path, { headers, signal: stop.signal });
    // Whoever takes it hears of the failure again.
    answer.catch(() => undefined);
    return [path, { answer, stop }];
  }),
);
