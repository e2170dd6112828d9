// What it is, and about what. A matter that belongs elsewhere says so here, before a word is typed.
import { Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";
import { changeDraft, currentDraft, useDraft } from "../../lib/draft";
import { useWords } from "../../lib/i18n";
import type { Categories } from "../../lib/reads";
import { Choice, focusField, Group } from "../../ui/form";
import { ButtonLink } from "../../ui/parts";
import { type Found, idOf } from "./useFaults";
import { words } from "./words";

type Category = Categories["categories"][number];

export function KindChoice({ kinds, found }: { kinds: Categories["kinds"]; found: Found }) {
  const say = useWords(words);
  const draft = useDraft();
  return (
    <Group id={idOf("kind")} label={say.kind} fault={found.of("kind")}>
      <div class="choices pairs">
        {kinds.map(({ code, name }, place) => (
          <Choice
            key={code}
            type="radio"
            name="kind"
            value={code}
            {...(place === 0 ? { id: idOf("kind") } : {})}
            label={name}
            hint={say.kindHints[code]}
            checked={draft.kind === code}
            onPick={() => {
              changeDraft({ kind: code });
              found.mended("kind");
            }}
          />
        ))}
      </div>
    </Group>
  );
}

export function CategoryChoice({ categories, found }: { categories: readonly Category[]; found: Found }) {
  const say = useWords(words);
  const draft = useDraft();
  // Folded only when it was clear from the start, as for a line of the accounts: choosing folds nothing away
  // under the hand.
  const [open, setOpen] = useState(() => currentDraft().category === null);
  const [unfolded, setUnfolded] = useState(false);
  useEffect(() => {
    if (unfolded) focusField(idOf("category"));
  }, [unfolded]);
  const unfold = () => {
    setOpen(true);
    setUnfolded(true);
  };
  const chosen = categories.find((one) => one.code === draft.category);
  if (!open && chosen !== undefined && !chosen.redirect) {
    return (
      <div class="formrow">
        <h2 class="lab">{say.category}</h2>
        <div class="asked place">
          <span>
            <b>{chosen.name}</b>
            <br />
            <span class="cap">{chosen.hint}</span>
          </span>
          <button type="button" class="textbutton grey" id={idOf("category")} onClick={unfold}>
            {say.otherCategory}
          </button>
        </div>
      </div>
    );
  }
  const [here, elsewhere] = [
    categories.filter((one) => !one.redirect),
    categories.filter((one) => one.redirect),
  ];
  const row = (one: Category, first: boolean) => (
    <Fragment key={one.code}>
      <Choice
        type="radio"
        name="category"
        value={one.code}
        {...(first ? { id: idOf("category") } : {})}
        label={one.name}
        hint={one.hint}
        checked={draft.category === one.code}
        onPick={() => {
          changeDraft({ category: one.code });
          found.mended("category");
        }}
      />
      {draft.category === one.code && one.redirect ? <Door redirect={one.redirect} /> : null}
    </Fragment>
  );
  return (
    <Group id={idOf("category")} label={say.category} fault={found.of("category")}>
      <div class="choices boxed">{here.map((one, place) => row(one, place === 0))}</div>
      <p class="lab small" id="elsewhere">
        {say.elsewhere}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset within the fieldset would need a second legend. */}
      <div class="choices boxed" role="group" aria-labelledby="elsewhere">
        {elsewhere.map((one) => row(one, false))}
      </div>
    </Group>
  );
}

function Door({ redirect }: { redirect: NonNullable<Category["redirect"]> }) {
  const say = useWords(words);
  return (
    <div class="door" role="status">
      <p class="strong">{say.door}</p>
      <p>{redirect.text}</p>
      {redirect.phones.length === 0 ? null : (
        <div class="phones">
          {redirect.phones.map((phone) => (
            <ButtonLink key={phone} href={`tel:${phone}`} icon="phone">
              {say.call(phone)}
            </ButtonLink>
          ))}
        </div>
      )}
    </div>
  );
}
