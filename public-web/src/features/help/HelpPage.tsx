// How it works and what becomes of one's data, in plain words. Nothing stands here that is not so: numbers
// and limits come from the server.
import { useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { type Categories, readCategories, readRegion } from "../../lib/reads";
import { useVillage, type Village } from "../../lib/settings";
import { Icon } from "../../ui/Icon";
import { Page } from "../../ui/Page";
import { ButtonLink, Section } from "../../ui/parts";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import "./help.css";
import { Limits } from "./Limits";
import { Points } from "./Points";
import { words } from "./words";

export default function HelpPage() {
  const say = useWords(words);
  const village = useVillage();
  return (
    <Page title={say.title} back="/">
      <Doors />
      <Section id="what" title={say.what}>
        <Points items={say.whatPoints} icon="check" />
        <p class="after strong">{say.noLogin}</p>
      </Section>
      <Section id="how" title={say.how}>
        <ol class="card steps">
          {say.howSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Section>
      <Section id="limits" title={say.limits}>
        {village === null ? (
          <>
            <p>{say.limitsNone}</p>
            <p class="after">
              <ButtonLink href="/?find">{say.find}</ButtonLink>
            </p>
          </>
        ) : (
          <Limits village={village} />
        )}
      </Section>
      <Section id="someone" title={say.someone}>
        <Points items={say.someonePoints} icon="speech" />
      </Section>
      {village === null ? null : <Watchers village={village} />}
      <Section id="more" title={say.more}>
        <ul class="card rows">
          {(["privacy", "a11y"] as const).map((page) => (
            <li key={page}>
              <a class="row" href={`/${page}`}>
                <span class="grow">
                  <b>{say[page]}</b>
                  <span class="cap">{say[`${page}Hint`]}</span>
                </span>
                <Icon name="right" size={1.1} />
              </a>
            </li>
          ))}
        </ul>
      </Section>
    </Page>
  );
}

/** The doors that are not ours, with their numbers as the server knows them. */
function Doors() {
  const say = useWords(words);
  const load = useLoad(readCategories, []);
  return (
    <Section id="doors" title={say.doors}>
      <p class="before">{say.doorsHint}</p>
      <Loaded of={load} lines={3}>
        {({ categories }) => (
          <ul class="card rows doors">
            {pressingFirst(categories).map(({ code, name, redirect }) =>
              redirect ? (
                <li key={code}>
                  <p class="strong">{name}</p>
                  <p>{redirect.text}</p>
                  {redirect.phones.length === 0 ? null : (
                    <p class="phones">
                      {redirect.phones.map((phone) => (
                        <ButtonLink key={phone} href={`tel:${phone}`} icon="phone">
                          {say.call(phone)}
                        </ButtonLink>
                      ))}
                    </p>
                  )}
                </li>
              ) : null,
            )}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

/** Danger first, then the doors with a number to call. */
function pressingFirst(categories: Categories["categories"]): Categories["categories"] {
  const rank = ({ code, redirect }: (typeof categories)[number]) =>
    code === "emergency" ? 0 : redirect?.phones.length ? 1 : 2;
  return [...categories].sort((a, b) => rank(a) - rank(b));
}

function Watchers({ village }: { village: Village }) {
  const say = useWords(words);
  const load = useLoad(() => readRegion(village.code), [village.code]);
  return (
    <Section id="watch" title={<Zh>{say.watch(village.name)}</Zh>}>
      <Loaded of={load} lines={2}>
        {({ contact_roles: roles }) => (
          <ul class="card rows doors">
            {roles.map((role) => (
              <li key={role.post_id}>
                <Zh>
                  <b>{role.organisation_name}</b> {role.title}
                </Zh>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
