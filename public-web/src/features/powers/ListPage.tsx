// The micro-power list of a village, by topic, with a search that needs no network.

import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { matches } from "../../lib/fold";
import { useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { type PowerRow, readOtherPowers, readPowers, readRegion } from "../../lib/reads";
import { Icon } from "../../ui/Icon";
import { Merged } from "../../ui/Merged";
import { Page } from "../../ui/Page";
import { ButtonLink, Section, Tag } from "../../ui/parts";
import { RaiseLink } from "../../ui/RaiseLink";
import { Empty, Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import "./powers.css";
import { byTopic } from "./topics";
import { words } from "./words";

export default function PowersPage() {
  const say = useWords(words);
  const { village: code = "" } = useRoute().params;
  const list = useLoad(() => readPowers(code), [code]);
  const region = useLoad(() => readRegion(code), [code]);
  return (
    <Page
      title={say.title}
      bar={region.state === "ready" ? region.data.short_name : say.title}
      back={`/v/${code}`}
    >
      {region.state === "ready" ? <Merged village={region.data} /> : null}
      <p class="lead">{say.lead}</p>
      <Loaded of={list} lines={5}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="flow" title={say.none}>
              <p>{say.noneHint}</p>
              <RaiseLink village={code}>{say.raise}</RaiseLink>
            </Empty>
          ) : (
            <>
              <Searchable items={items} code={code} />
              <Sources items={items} />
            </>
          )
        }
      </Loaded>
      {/* Not before what stands above them, which would push them away from the finger. */}
      {list.state === "loading" ? null : (
        <>
          <OtherList code={code} list="duty" title={say.duties} />
          <OtherList code={code} list="negative" title={say.bans} />
          <ButtonLink look="quiet" wide href={`/v/${code}/print/powers`}>
            {say.print}
          </ButtonLink>
        </>
      )}
    </Page>
  );
}

/** Where the items come from, each origin once: a template is no list that the county has settled. */
function Sources({ items }: { items: readonly PowerRow[] }) {
  const say = useWords(words);
  return (
    <Section title={say.source}>
      {[...new Set(items.map(({ source }) => source))].map((source) => (
        <p key={source} class="cap">
          <Zh>{source}</Zh>
        </p>
      ))}
    </Section>
  );
}

function Searchable({ items, code }: { items: readonly PowerRow[]; code: string }) {
  const say = useWords(words);
  const [wish, setWish] = useState("");
  const found = items.filter((each) =>
    matches(wish, [each.name, each.category, each.plain_language, each.responsible_org]),
  );
  return (
    <>
      <form class="search" onSubmit={(event) => event.preventDefault()}>
        <label for="wish">{say.search}</label>
        <div class="field">
          <Icon name="search" />
          <input
            id="wish"
            type="search"
            autocomplete="off"
            aria-describedby="wish-hint"
            value={wish}
            onInput={(event) => setWish(event.currentTarget.value)}
          />
        </div>
        <p id="wish-hint" class="cap">
          {say.searchHint}
        </p>
        <p class="sr" role="status">
          {wish === "" ? "" : say.found(found.length)}
        </p>
      </form>
      {found.length === 0 ? (
        <Empty icon="search" title={say.nothing(wish)}>
          <p>{say.nothingHint}</p>
          <RaiseLink village={code}>{say.raise}</RaiseLink>
        </Empty>
      ) : (
        [...byTopic(found)].map(([topic, rows]) => (
          <Section key={topic} title={<Zh>{topic}</Zh>} class="topic">
            <ul class="card rows">
              {rows.map((each) => (
                <li key={each.id}>
                  <a class="row" href={`/v/${code}/powers/${each.id}`}>
                    <span class="grow">
                      <b>
                        <Zh>{each.name}</Zh>
                      </b>
                      {each.overridden ? <Tag>{say.overridden}</Tag> : null}
                      <span class="cap">
                        <Zh>{say.who(each.responsible_org)}</Zh>
                      </span>
                    </span>
                    <Icon name="right" size={1.1} />
                  </a>
                </li>
              ))}
            </ul>
          </Section>
        ))
      )}
    </>
  );
}

/** The lists of duties and bans: few look, and nothing is asked for before somebody does. */
function OtherList({ code, list, title }: { code: string; list: "duty" | "negative"; title: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="card more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{title}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>{open ? <Others code={code} list={list} /> : null}</div>
    </details>
  );
}

function Others({ code, list }: { code: string; list: "duty" | "negative" }) {
  const say = useWords(words);
  const found = useLoad(() => readOtherPowers(code, list), [code, list]);
  return (
    <Loaded of={found} lines={3}>
      {({ items }) =>
        items.length === 0 ? (
          <p class="cap">{say.noneHere}</p>
        ) : (
          <ul class="laws">
            {items.map((each) => (
              <li key={each.id}>
                <a href={`/v/${code}/powers/${each.id}`}>
                  <Zh>{each.name}</Zh>
                </a>
                <p class="cap">
                  <Zh>{each.plain_language}</Zh>
                </p>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
