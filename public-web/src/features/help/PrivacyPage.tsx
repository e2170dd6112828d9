// What becomes of one's data. Nothing stands here that is not so.
import { useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { readPolicy } from "../../lib/reads";
import { useVillage, type Village } from "../../lib/settings";
import { Page } from "../../ui/Page";
import { ButtonLink, Section } from "../../ui/parts";
import { Loaded } from "../../ui/states";
import "./help.css";
import { Points } from "./Points";
import { privacyWords } from "./privacyWords";

export default function PrivacyPage() {
  const say = useWords(privacyWords);
  const village = useVillage();
  return (
    <Page title={say.title} back="/help">
      <p class="before">{say.lead}</p>
      <Section id="not-kept" title={say.notKept}>
        <Points items={say.notKeptPoints} icon="lock" />
      </Section>
      <Section id="kept" title={say.kept}>
        <Points items={say.keptPoints} icon="book" />
        <div class="after">{village === null ? <p>{say.untilUnknown}</p> : <Until village={village} />}</div>
      </Section>
      <Section id="phone" title={say.phone}>
        <Points items={say.phonePoints} icon="shield" />
        <p class="after">
          <ButtonLink href="/mine" look="quiet" wide>
            {say.clear}
          </ButtonLink>
        </p>
      </Section>
      <Section id="public" title={say.public}>
        <Points items={say.publicPoints} icon="speech" />
      </Section>
      <Section id="honest" title={say.honest}>
        <Points items={say.honestPoints} icon="info" />
      </Section>
    </Page>
  );
}

function Until({ village }: { village: Village }) {
  const say = useWords(privacyWords);
  const load = useLoad(() => readPolicy(village.code), [village.code]);
  return (
    <Loaded of={load} lines={1}>
      {({ policy }) => <p>{say.until(policy.retention_days)}</p>}
    </Loaded>
  );
}
