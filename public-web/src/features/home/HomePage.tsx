// A village's front page: raise a concern, follow one, this month's figures, who does what here.

import { useEffect } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { readRegion } from "../../lib/reads";
import { rememberVillage } from "../../lib/settings";
import { Hero } from "../../ui/Hero";
import { Icon } from "../../ui/Icon";
import { SkipLink, usePageTitle } from "../../ui/Page";
import { Failed } from "../../ui/states";
import { TabBar } from "../../ui/TabBar";
import { Tools } from "../../ui/Tools";
import { Zh } from "../../ui/Zh";
import { LatestAccounts } from "./LatestAccounts";
import { SizeOffer } from "./SizeOffer";
import { TopPowers } from "./TopPowers";
import "./home.css";
import { words } from "./words";

export function HomePage() {
  const say = useWords(words);
  const code = useRoute().params.village ?? "";
  const region = useLoad(() => readRegion(code), [code]);
  const village = region.state === "ready" ? region.data : null;
  const heading = usePageTitle(village?.short_name ?? "");

  useEffect(() => {
    if (village?.level === "village") rememberVillage({ code: village.code, name: village.short_name });
  }, [village]);

  const missing = region.state === "failed" && region.problem.kind === "not_found";
  return (
    <div class="page home broad with-tabs">
      <SkipLink />
      <TabBar />
      <Hero>
        <div class="hero-top">
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
          <Tools />
        </div>
        <h1 class="hero-title" ref={heading} tabIndex={-1}>
          {say.title.map((part) => (
            <span key={part}>{part}</span>
          ))}
        </h1>
        <SizeOffer />
      </Hero>
      <main id="text" class="column" tabIndex={-1}>
        {missing && region.state === "failed" ? (
          <div class="over-hills">
            <Failed problem={region.problem} />
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
              <a class="card track" href="/receipt">
                <Icon name="search" size={1.6} />
                <b>{say.track}</b>
                <Icon name="right" size={1.2} />
              </a>
            </div>
            <LatestAccounts code={code} />
            <TopPowers code={code} />
          </div>
        )}
        <footer class="foot">
          {village === null ? null : (
            <p class="cap">
              <Zh>
                {village.path.map((each, depth) => (
                  <span class="keep" key={each.code}>
                    {depth === 0 ? "" : " · "}
                    {each.short_name}
                  </span>
                ))}
              </Zh>
            </p>
          )}
          <a href="/help">{say.help}</a>
        </footer>
      </main>
    </div>
  );
}
