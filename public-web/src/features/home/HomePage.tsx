// A village's front page: raise a concern, follow one, this month's figures, who does what here.

import { useEffect } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useWords } from "../../lib/i18n";
import { useKept } from "../../lib/kept";
import { useLoad } from "../../lib/load";
import { readRegion } from "../../lib/reads";
import { rememberVillage } from "../../lib/settings";
import { HeroPage } from "../../ui/HeroPage";
import { Icon } from "../../ui/Icon";
import { InTurn } from "../../ui/InTurn";
import { Merged } from "../../ui/Merged";
import { OldAccounts } from "../../ui/OldAccounts";
import { Outbox } from "../../ui/Outbox";
import { PlacePath } from "../../ui/PlacePath";
import { SizeOffer } from "../../ui/SizeOffer";
import { Zh } from "../../ui/Zh";
import { InPublic } from "./InPublic";
import { LatestAccounts } from "./LatestAccounts";
import { Settled } from "./Settled";
import { TopPowers } from "./TopPowers";
import { Unmet } from "./Unmet";
import "./home.css";
import { words } from "./words";

export function HomePage() {
  const say = useWords(words);
  const code = useRoute().params.village ?? "";
  const region = useLoad(() => readRegion(code), [code]);
  const village = region.state === "ready" ? region.data : null;

  useEffect(() => {
    if (village?.level === "village") rememberVillage({ code: village.code, name: village.short_name });
  }, [village]);

  const township = village?.path.find(({ level }) => level === "township")?.code;
  // Told on a shared phone only if the receipts were to be kept here.
  const kept = useKept().length;
  const missing = region.state === "failed" && region.problem.kind === "not_found";
  const place = (
    <a class="hero-place" href="/?find">
      <Icon name="pin" />
      {village === null ? (
        <span>{say.place}</span>
      ) : (
        <span>
          <Zh>{village.short_name}</Zh>
          <span class="sr">{say.change}</span>
        </span>
      )}
      <Icon name="down" size={1} />
    </a>
  );
  return (
    <HeroPage
      title={missing ? say.noVillage : village === null ? "" : say.frontPage(village.short_name)}
      of={village?.short_name}
      heading={missing ? [say.noVillage] : say.title}
      place={place}
      offer={<SizeOffer />}
      wide
    >
      {missing ? (
        <div class="over-hills">
          <div class="card padded">
            <p>{say.noVillageHint}</p>
          </div>
          <p class="after">
            <a class="btn main wide" href="/?find">
              {say.findVillage}
            </a>
          </p>
        </div>
      ) : (
        <div class="home-grid">
          <div class="acts over-hills">
            <a class="raise" href="/new">
              <Icon name="speech" size={2.4} />
              <span>
                <b>{say.raise}</b>
                <span>{say.raiseHint}</span>
              </span>
            </a>
            <a class="card track" href={kept === 0 ? "/receipt" : "/mine"}>
              <Icon name="search" size={1.6} />
              <b>{say.track}</b>
              {kept === 0 ? null : <span class="tag wait">{say.ongoing(kept)}</span>}
              <Icon name="right" size={1.2} />
            </a>
            <Outbox />
          </div>
          <InTurn>
            {village === null ? null : <Merged key="merged" village={village} />}
            <LatestAccounts key="latest" code={code} />
            {/* Below the figures, which would jump away from the finger when it comes. */}
            {village?.unmet_obligations == null ? null : <Unmet key="unmet" code={code} />}
            <TopPowers key="powers" code={code} />
            <InPublic key="public" code={code} />
            {township === undefined ? null : <Settled key="settled" village={code} township={township} />}
          </InTurn>
        </div>
      )}
      <footer class="foot">
        {village === null ? null : (
          <p class="cap placed">
            <PlacePath path={village.path} />
          </p>
        )}
        {village === null || village.formerly.length === 0 ? null : (
          <p class="cap placed">
            {say.formerly}
            <Zh>{village.formerly.join(say.and)}</Zh>
          </p>
        )}
        {village === null ? null : <OldAccounts village={village} />}
        {missing ? null : (
          <p class="links">
            <a href={`/v/${code}/print/poster`}>{say.poster}</a>
          </p>
        )}
      </footer>
    </HeroPage>
  );
}
