// Step 2: a name or none, with what follows from each; and who writes for whom.
import { useEffect, useState } from "preact/hooks";
import { changeDraft, currentDraft, useDraft, useDraftKept } from "../../lib/draft";
import { useWords } from "../../lib/i18n";
import { go } from "../../lib/navigate";
import { Choice, FaultSummary, Field, focusField, Group, StepHeading } from "../../ui/form";
import { Page } from "../../ui/Page";
import { Button, StickyAction } from "../../ui/parts";
import { faultsOfIdentity } from "./checks";
import { SavedLine } from "./Keeping";
import { type Found, idOf, readVisit, useFaults } from "./useFaults";
import { words } from "./words";

const MODES = ["anonymous", "confidential", "named"] as const;

export function NameStep() {
  const say = useWords(words);
  const draft = useDraft();
  const [visit] = useState(() => readVisit(history.state));
  const found = useFaults(visit.faults);

  useEffect(() => {
    // Opened out of order, as after a reload of a draft that was not kept.
    if (currentDraft().text.trim() === "") go("/new", { replace: true });
    else if (visit.change !== null && visit.faults.length === 0) focusField(idOf(visit.change));
  }, [visit]);

  const next = () => {
    if (found.show(faultsOfIdentity(draft))) return;
    if (visit.change === null) go("/new/check");
    else history.back();
  };
  const title = say.docTitle(2, say.nameTitle);
  const reachable = draft.mode === "confidential" || draft.mode === "named";
  return (
    <Page
      title={found.items.length === 0 ? title : say.wrongTitle(title)}
      heading={<StepHeading at={2} of={3} words={say.step(2)} title={say.nameTitle} />}
      bar={say.bar}
      back="/new"
      sticky={
        <StickyAction>
          <SavedLine />
          <Button look="main" wide onClick={next}>
            {visit.change === null ? say.nextCheck : say.backToCheck}
          </Button>
        </StickyAction>
      }
    >
      <FaultSummary title={say.summary} items={found.items} turn={found.turn} />
      <Group id={idOf("mode")} label={say.rows.mode} hint={say.nameHint} fault={found.of("mode")}>
        <div class="choices">
          {MODES.map((mode, place) => (
            <Choice
              key={mode}
              type="radio"
              name="mode"
              value={mode}
              {...(place === 0 ? { id: idOf("mode") } : {})}
              label={say.modes[mode]}
              hint={say.modeHints[mode]}
              checked={draft.mode === mode}
              onPick={() => {
                changeDraft({ mode });
                found.mended("mode", "name", "phone", "email");
              }}
            />
          ))}
        </div>
      </Group>
      {reachable ? <Contact found={found} named={draft.mode === "named"} /> : null}
      <Group id="f-more" label={say.more}>
        <div class="choices">
          <Choice
            type="checkbox"
            name="agent"
            value="yes"
            id="f-agent"
            label={say.agent}
            hint={reachable ? say.agentHint : say.agentHintAnonymous}
            checked={draft.forSomeone}
            onPick={(forSomeone) => changeDraft({ forSomeone })}
          />
          <Choice
            type="checkbox"
            name="publish"
            value="yes"
            id="f-publish"
            label={say.publish}
            hint={say.publishHint}
            checked={draft.publish}
            onPick={(publish) => changeDraft({ publish })}
          />
        </div>
      </Group>
    </Page>
  );
}

function Contact({ found, named }: { found: Found; named: boolean }) {
  const say = useWords(words);
  const draft = useDraft();
  const kept = useDraftKept();
  const input = (field: "name" | "phone" | "email", type: string, autocomplete: "name" | "tel" | "email") => {
    return (described: object) => (
      <input
        class="input"
        {...described}
        type={type}
        // For somebody else's name the phone's owner is the wrong suggestion; and what is not to be kept here the
        // browser must not remember either.
        autocomplete={draft.forSomeone || kept === false ? "off" : autocomplete}
        value={draft[field]}
        onInput={(event) => {
          changeDraft({ [field]: event.currentTarget.value });
          found.mended(field);
        }}
      />
    );
  };
  return (
    <>
      <Field
        id={idOf("name")}
        label={named ? say.name : say.nameOptional}
        {...(named ? {} : { hint: say.contactHint })}
        fault={found.of("name")}
      >
        {input("name", "text", "name")}
      </Field>
      <Field id={idOf("phone")} label={say.phone} hint={say.phoneHint} fault={found.of("phone")}>
        {input("phone", "tel", "tel")}
      </Field>
      <Field id={idOf("email")} label={say.email} fault={found.of("email")}>
        {input("email", "email", "email")}
      </Field>
    </>
  );
}
