// What a row says of a case, the same in the table and in the list of a phone.
import { kinds, word } from "@yidiantong/client";
import { Link } from "react-router";
import { type QueueItem, useCategories } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { plainName } from "../../ui/names";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

interface MatterProps {
  item: QueueItem;
  gone?: boolean;
  isNew?: boolean;
}

export function Matter({ item, gone = false, isNew = false }: MatterProps) {
  const say = useText(words);
  const language = useLanguage();
  const categories = useCategories();
  const excerpt = item.excerpt === "" ? say("no_excerpt") : item.excerpt;
  // Where there is no room for all of it, the place and the kind are cut, and what a case is known by stays.
  const facts = [item.region_name, categories.name(item.category), word(kinds, item.kind, language)];
  const kept = [
    item.number,
    ...(item.level === 2 || item.level === 3 ? [say(`level_${item.level}`)] : []),
    ...(item.round > 1 ? [say("round", { n: item.round })] : []),
  ];
  return (
    <span className="matter">
      <span className="matter-title">
        {gone ? <span className="badge moved">{say("gone_row")}</span> : null}
        {isNew && !gone ? <span className="badge arrived">{say("new_row")}</span> : null}
        {item.supervised ? <span className="badge">{say("supervised")}</span> : null}
        {item.clocks_unreadable ? (
          <span className="badge" title={say("clocks_unreadable_more")}>
            {say("clocks_unreadable")}
          </span>
        ) : null}
        <Link to={`/c/${item.id}`} title={item.about_label ?? undefined}>
          <Zh>{excerpt}</Zh>
        </Link>
      </span>
      <small className="matter-facts">
        <span>
          <Zh>{facts.join(" · ")}</Zh>
        </span>
        <span>{` · ${kept.join(" · ")}`}</span>
      </small>
    </span>
  );
}

export function Assignee({ item }: { item: QueueItem }) {
  const say = useText(words);
  if (item.assignee_name == null) return <span className="nobody">{say("nobody")}</span>;
  const name = plainName(item.assignee_name);
  return (
    <span className="assignee" title={name}>
      <Zh>{name}</Zh>
    </span>
  );
}
