import { labelled, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { readPowers } from "../../lib/reads";
import { Icon } from "../../ui/Icon";
import { Section } from "../../ui/parts";
import { Empty, Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { foremost } from "./foremost";
import { words } from "./words";

const SHOWN = 3;

export function TopPowers({ code }: { code: string }) {
  const say = useWords(words);
  const list = useLoad(() => readPowers(code), [code]);
  return (
    <Section
      id="powers"
      title={say.powers}
      class="top-powers"
      aside={
        <a href={`/v/${code}/powers`} aria-label={labelled(say.all, say.powers)}>
          {say.all} ›
        </a>
      }
    >
      <Loaded of={list} lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="flow" title={say.noPowers}>
              <p>{say.noPowersHint}</p>
            </Empty>
          ) : (
            <ul class="card rows">
              {foremost(items, SHOWN).map((power) => (
                <li key={power.id}>
                  <a class="row" href={`/v/${code}/powers/${power.id}`}>
                    <span class="grow">
                      <b>
                        <Zh>{power.name}</Zh>
                      </b>
                      <span class="cap">
                        <Zh>{say.who(power.responsible_org)}</Zh>
                      </span>
                    </span>
                    <Icon name="right" size={1.1} />
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
