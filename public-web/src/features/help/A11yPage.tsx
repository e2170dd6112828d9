// For whom this web is made to work, how it was tried, and what is not good yet. The text sizes can be chosen here too.
import { useLanguage, useWords } from "../../lib/i18n";
import { setTextSize, TEXT_SIZES, useTextSize } from "../../lib/settings";
import { useVoice } from "../../lib/voice";
import { Choice, Group } from "../../ui/form";
import { Page } from "../../ui/Page";
import { ButtonLink, Section } from "../../ui/parts";
import { ReadAloud } from "../../ui/ReadAloud";
import { a11yWords } from "./a11yWords";
import "./help.css";
import { Points } from "./Points";

export default function A11yPage() {
  const say = useWords(a11yWords);
  const size = useTextSize();
  const voice = useVoice(useLanguage());
  return (
    <Page title={say.title} back="/help">
      <p>{say.lead}</p>
      <ReadAloud text={[say.lead, ...say.points]} />
      <Group id="sizes" label={say.sizes} hint={say.sizesHint}>
        <div class="choices pairs">
          {TEXT_SIZES.map((each) => (
            <Choice
              key={each}
              type="radio"
              name="size"
              value={String(each)}
              label={say.sizeNames[each]}
              checked={size === each}
              onPick={() => setTextSize(each)}
            />
          ))}
        </div>
      </Group>
      <Section id="voice" title={say.voice}>
        <p>{voice === undefined ? say.noVoice : say.hasVoice}</p>
      </Section>
      <Section id="works" title={say.works}>
        <Points items={say.points} icon="check" />
      </Section>
      <Section id="standard" title={say.standard}>
        <Points items={say.standards} icon="book" />
      </Section>
      <Section id="not-yet" title={say.notYet}>
        <Points items={say.notYetPoints} icon="info" />
      </Section>
      <Section id="tell" title={say.tell}>
        <p>{say.tellHint}</p>
        <p class="after">
          <ButtonLink href="/new" look="ask">
            {say.tellAct}
          </ButtonLink>
        </p>
      </Section>
    </Page>
  );
}
