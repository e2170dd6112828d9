// County, township, village. Each step has its own address, so that "back" goes one step up.
import { useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { readRegion, readRegionsIn, readTopRegions } from "../../lib/reads";
import { villagePath } from "../../lib/settings";
import { PlacePath } from "../../ui/PlacePath";
import { Section } from "../../ui/parts";
import { Empty, Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

export function Walk({ within, to }: { within: string | undefined; to: string | undefined }) {
  const say = useWords(words);
  const list = useLoad(
    () => (within === undefined ? readTopRegions() : readRegionsIn(within)),
    [within ?? null],
  );
  const level = list.state === "ready" ? list.data.items[0]?.level : undefined;
  const more = to === undefined ? "" : `&to=${to}`;
  return (
    <Section id="walk" title={level === undefined ? say.walk : (say.levels[level] ?? say.walk)}>
      {within === undefined ? null : <Where code={within} more={more} />}
      <Loaded of={list} lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="pin" title={say.empty}>
              <p>{say.emptyHint}</p>
            </Empty>
          ) : (
            <ul class="chips places">
              {items.map((each) => (
                <li key={each.code}>
                  <a
                    class="chip"
                    href={
                      each.level === "village" ? villagePath(each.code, to) : `/?find&in=${each.code}${more}`
                    }
                  >
                    <Zh>{each.short_name}</Zh>
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

function Where({ code, more }: { code: string; more: string }) {
  const say = useWords(words);
  const region = useLoad(() => readRegion(code), [code]);
  if (region.state !== "ready") return <p class="where" />;
  return (
    <p class="where">
      <span class="cap">{say.here} </span>
      <b>
        <PlacePath path={region.data.path.slice(1)} />
      </b>
      <a href={`/?find${more}`}>{say.start}</a>
    </p>
  );
}
