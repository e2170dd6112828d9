// Where everything begins for somebody without a link: find one's village by name, or step by step.

import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";
import { labelled, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { go } from "../../lib/navigate";
import { readRegion } from "../../lib/reads";
import { ownVillagePath, useVillage, villagePath } from "../../lib/settings";
import { HeroPage } from "../../ui/HeroPage";
import { Icon } from "../../ui/Icon";
import { Section } from "../../ui/parts";
import { SizeOffer } from "../../ui/SizeOffer";
import { Zh } from "../../ui/Zh";
import "./find.css";
import { SearchByName } from "./SearchByName";
import { Walk } from "./Walk";
import { words } from "./words";

export default function FindPage() {
  const say = useWords(words);
  const { query } = useLocation();
  const own = useVillage();
  const onward = ownVillagePath(query);
  useEffect(() => {
    if (onward !== null) go(onward, { replace: true });
  }, [onward]);
  const inside = query.in;
  const around = useLoad(() => (inside === undefined ? null : readRegion(inside)), [inside ?? null]);
  const where = around.state === "ready" ? (around.data?.short_name ?? "") : "";
  if (onward !== null) return null;
  return (
    <HeroPage
      title={where === "" ? say.title : labelled(say.title, where)}
      of={where === "" ? undefined : where}
      heading={say.heading}
      place={<span class="hero-place">{say.site}</span>}
      offer={<SizeOffer />}
    >
      <div class="over-hills card padded">
        <SearchByName to={query.to} />
      </div>
      {own === null ? null : (
        <a class="card row own" href={villagePath(own.code, query.to)}>
          <Icon name="pin" />
          <span class="grow">
            <span class="cap">{say.again}</span>
            <b>
              <Zh>{own.name}</Zh>
            </b>
          </span>
          <Icon name="right" size={1.1} />
        </a>
      )}
      <Walk within={query.in} to={query.to} />
      <Section id="scan" title={say.scan}>
        <p class="card padded">{say.scanHint}</p>
      </Section>
    </HeroPage>
  );
}
