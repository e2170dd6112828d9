// The four places of this web, and no fifth. On a phone they lie at the thumb; on a desktop below the bar.
import { useLocation } from "preact-iso";
import { useWords } from "../lib/i18n";
import { useVillage } from "../lib/settings";
import { Icon, type IconName } from "./Icon";

type Place = "home" | "accounts" | "powers" | "mine";
/** In two parts: where large letters meet a narrow phone only the first is drawn. */
type Name = readonly [first: string, rest?: string];

const words = {
  zh: {
    site: "监督一点通",
    nav: "主要页面",
    names: {
      home: ["首页"],
      accounts: ["账目"],
      powers: ["办事", "清单"],
      mine: ["我的", "反映"],
    } as Record<Place, Name>,
  },
  en: {
    site: "Yidiantong",
    nav: "Main pages",
    names: {
      home: ["Home"],
      accounts: ["Accounts"],
      powers: ["Rules"],
      mine: ["Mine"],
    } as Record<Place, Name>,
  },
};

/** Which of the four a path belongs to. */
export function placeOf(path: string): Place | null {
  if (path === "/mine" || path === "/receipt") return "mine";
  if (path === "/") return "home";
  const found = /^\/v\/\d{12}(?:\/(accounts|powers))?/.exec(path);
  if (found === null) return null;
  return found[1] === "accounts" || found[1] === "powers" ? found[1] : "home";
}

/** The village that a path is about. */
export const villageOf = (path: string): string | null => /^\/v\/(\d{12})/.exec(path)?.[1] ?? null;

export function TabBar({ below = true }: { /** False where a sticky act has its place. */ below?: boolean }) {
  const say = useWords(words);
  const { path } = useLocation();
  const remembered = useVillage();
  const code = villageOf(path) ?? remembered?.code;
  const within = (place: string) => (code === undefined ? `/?to=${place}` : `/v/${code}/${place}`);
  const places: readonly [Place, string, IconName][] = [
    ["home", code === undefined ? "/" : `/v/${code}`, "home"],
    ["accounts", within("accounts"), "accounts"],
    ["powers", within("powers"), "flow"],
    ["mine", "/mine", "receipt"],
  ];
  const here = placeOf(path);
  return (
    <nav class={`tabs ${below ? "" : "not-below"}`} aria-label={say.nav}>
      <div class="column">
        <span class="brand">{say.site}</span>
        {places.map(([place, href, icon]) => (
          <Tab key={place} name={say.names[place]} href={href} icon={icon} here={place === here} />
        ))}
      </div>
    </nav>
  );
}

function Tab({ name, href, icon, here }: { name: Name; href: string; icon: IconName; here: boolean }) {
  const [first, rest] = name;
  return (
    // Read out whole, whatever is drawn.
    <a href={href} aria-label={name.join("")} aria-current={here ? "page" : undefined}>
      <Icon name={icon} size={1.45} />
      <span>
        {first}
        {rest === undefined ? null : <span class="rest">{rest}</span>}
      </span>
    </a>
  );
}
