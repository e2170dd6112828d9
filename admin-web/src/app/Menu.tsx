// Where this person may go: only what their role has a use for. The server decides; this spares dead ends.
import { useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import { QueueViews } from "../features/queue/QueueViews";
import { useText } from "../lib/i18n";
import { useWaitingForMe } from "../lib/proposals";
import {
  administers,
  filesForOthers,
  printsPosters,
  type Role,
  readsAudit,
  readsComplaints,
  readsConfiguration,
  readsDisclosures,
  readsObligations,
  readsProposals,
  useStaff,
} from "../lib/session";
import { words } from "./words";

type Word = keyof typeof words;

interface Item {
  to: string;
  word: Word;
  isFor: (role: Role) => boolean;
}

const GROUPS: readonly { title: Word; items: readonly Item[] }[] = [
  {
    title: "work",
    items: [
      { to: "/intake", word: "intake", isFor: filesForOthers },
      { to: "/proposals", word: "proposals", isFor: readsProposals },
      { to: "/relations", word: "relations", isFor: readsComplaints },
      { to: "/exports", word: "exports", isFor: readsComplaints },
      { to: "/dashboard", word: "dashboard", isFor: readsComplaints },
    ],
  },
  {
    title: "publish",
    items: [
      { to: "/disclosures", word: "disclosures", isFor: readsDisclosures },
      { to: "/powers", word: "powers", isFor: readsConfiguration },
      { to: "/obligations", word: "obligations", isFor: readsObligations },
      { to: "/posters", word: "posters", isFor: printsPosters },
      { to: "/catalogue", word: "catalogue", isFor: readsObligations },
    ],
  },
  {
    title: "settings",
    items: [
      { to: "/policies", word: "policies", isFor: readsConfiguration },
      { to: "/calendars", word: "calendars", isFor: readsConfiguration },
      { to: "/zones", word: "zones", isFor: readsConfiguration },
      { to: "/staff", word: "staff", isFor: administers },
      { to: "/organisations", word: "organisations", isFor: administers },
      { to: "/posts", word: "posts", isFor: administers },
      { to: "/dead-letters", word: "letters", isFor: administers },
      { to: "/audit", word: "audit", isFor: readsAudit },
    ],
  },
  { title: "own", items: [{ to: "/account", word: "account", isFor: () => true }] },
];

export function Menu() {
  const say = useText(words);
  const { role } = useStaff();
  const waiting = useWaitingForMe(readsProposals(role));
  const list = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // A long menu scrolls by itself: where one is stays in sight, also on a page opened by its address.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address moves the mark that is looked for.
  useEffect(() => {
    list.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest" });
  }, [pathname]);
  return (
    <nav ref={list} aria-label={say("menu")}>
      {readsComplaints(role) ? (
        <>
          <h2>{say("views")}</h2>
          <QueueViews />
        </>
      ) : null}
      {GROUPS.map(({ title, items }) => {
        const mine = items.filter(({ isFor }) => isFor(role));
        if (mine.length === 0) return null;
        return (
          <div key={title}>
            <h2>{say(title)}</h2>
            <ul>
              {mine.map(({ to, word }) => (
                <li key={to}>
                  <NavLink to={to}>
                    {say(word)}
                    {word === "proposals" && waiting !== undefined && waiting > 0 ? (
                      <span className="count yellow">{waiting}</span>
                    ) : null}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
