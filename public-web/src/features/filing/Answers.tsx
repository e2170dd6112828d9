// What was answered, row by row.
import { type Draft, useDraft } from "../../lib/draft";
import { money } from "../../lib/format";
import { type Language, useLanguage, useWords } from "../../lib/i18n";
import { levelWord, placeName } from "../../lib/levels";
import { go } from "../../lib/navigate";
import { Card } from "../../ui/parts";
import { type Field, stepOf } from "./checks";
import { LEVELS, splitKey } from "./destination";
import { asBody, asContact, asLine, asPhone } from "./text";
import type { Matter } from "./useMatter";
import { type FilingWords, words } from "./words";

interface Row {
  name: string;
  /** Where to change it; `null` where it cannot be. */
  field: Field | null;
  /** The id to go to, where it is not the field's own. */
  value: string;
  own?: boolean;
}

export function Answers({ matter }: { matter: Matter }) {
  const say = useWords(words);
  const language = useLanguage();
  const draft = useDraft();
  return (
    <Card>
      <dl class="checked">
        {rowsOf(draft, matter, say, language).map(({ name, field, value, own }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class={`${own ? "words" : ""} ${value === "" ? "none" : ""}`}>{value || say.notGiven}</dd>
            {field === null ? null : (
              <dd class="change">
                <button
                  type="button"
                  class="textbutton"
                  aria-label={say.changeLong(name)}
                  onClick={() => go(stepOf(field) === 1 ? "/new" : "/new/name", { state: { change: field } })}
                >
                  {say.change}
                </button>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </Card>
  );
}

function rowsOf(draft: Draft, matter: Matter, say: FilingWords, language: Language): Row[] {
  const { kinds, categories } = matter.categories;
  const { about, mode } = draft;
  const amount = about?.amount_fen === undefined ? "" : ` ${money(about.amount_fen, language)}`;
  const rows: Row[] = [
    { name: say.rows.region, field: about === null ? "region" : null, value: placeName(matter.region.path) },
  ];
  if (about !== null) rows.push({ name: say.rows.about, field: "about", value: `${about.label}${amount}` });
  rows.push(
    { name: say.rows.kind, field: "kind", value: kinds.find((one) => one.code === draft.kind)?.name ?? "" },
    {
      name: say.rows.category,
      field: "category",
      value: categories.find((one) => one.code === draft.category)?.name ?? "",
    },
    { name: say.rows.text, field: "text", value: asBody(draft.text), own: true },
    {
      name: say.rows.photos,
      field: "photos",
      value: draft.photos.length === 0 ? say.noPhotos : say.photoCount(draft.photos.length),
    },
    { name: say.rows.targets, field: "targets", value: targetsText(draft, matter, say, language), own: true },
    { name: say.rows.mode, field: "mode", value: mode === null ? "" : say.modes[mode] },
  );
  if (mode === "confidential" || mode === "named") {
    rows.push(
      { name: say.rows.name, field: "name", value: asLine(draft.name) },
      { name: say.rows.phone, field: "phone", value: asPhone(draft.phone) },
      { name: say.rows.email, field: "email", value: asContact(draft.email) },
    );
  }
  rows.push(
    { name: say.rows.agent, field: "agent", value: draft.forSomeone ? say.agent : say.self },
    { name: say.rows.publish, field: "publish", value: draft.publish ? say.publishYes : say.publishNo },
  );
  return rows;
}

function targetsText(draft: Draft, matter: Matter, say: FilingWords, language: Language): string {
  if (draft.nobody) return say.nobody;
  const names = draft.targets.map((key) => {
    const [type, id] = splitKey(key);
    if (type === "group") {
      const level = LEVELS.find((one) => one === id) ?? "village";
      return say.people(levelWord(matter.region.path, level, language));
    }
    for (const unit of matter.units) {
      if (type === "organisation" && unit.id === id) return `${unit.name}${say.whole}`;
      const post = unit.posts.find((one) => type === "post" && one.id === id);
      if (post !== undefined) return say.postOf(unit.name, post.title);
    }
    return "";
  });
  return [...names, draft.other ? asLine(draft.otherText) : ""].filter(Boolean).join("\n");
}
