// 您反映的是谁? Units and posts as the village knows them, by level, and ways to answer without knowing.
import type { ComponentChildren } from "preact";
import { changeDraft, type Draft, useDraft } from "../../lib/draft";
import { useLanguage, useWords } from "../../lib/i18n";
import { levelWord } from "../../lib/levels";
import { Choice, Field, Group } from "../../ui/form";
import { Icon } from "../../ui/Icon";
import { Zh } from "../../ui/Zh";
import { LEVELS, type Level, type Unit } from "./destination";
import { type Found, idOf } from "./useFaults";
import type { Matter } from "./useMatter";
import { words } from "./words";

const GROUPS: readonly Level[] = ["village", "township", "county"];

const toggled = (draft: Draft, key: string, on: boolean): Partial<Draft> => ({
  targets: on
    ? [...draft.targets.filter((one) => one !== key), key]
    : draft.targets.filter((one) => one !== key),
  ...(on ? { nobody: false } : {}),
});

export function TargetsChoice({ matter, found }: { matter: Matter; found: Found }) {
  const say = useWords(words);
  const draft = useDraft();
  const levels = LEVELS.filter((level) => matter.units.some((unit) => unit.level === level));
  const change = (next: Partial<Draft>) => {
    changeDraft(next);
    found.mended("targets", "otherText");
  };
  return (
    <Group id={idOf("targets")} label={say.targets} hint={say.targetsHint} fault={found.of("targets")}>
      <div class="choices">
        <Choice
          type="checkbox"
          name="nobody"
          id={idOf("targets")}
          label={say.nobody}
          checked={draft.nobody}
          onPick={(nobody) => change(nobody ? { nobody, targets: [], other: false } : { nobody })}
        />
      </div>
      {levels.map((level) => (
        <LevelFold key={level} level={level} matter={matter} change={change} />
      ))}
      <div class="choices fold-after">
        <Choice
          type="checkbox"
          name="other"
          label={say.other}
          checked={draft.other}
          onPick={(other) => change(other ? { other, nobody: false } : { other })}
        />
      </div>
      {draft.other ? (
        <Field
          id={idOf("otherText")}
          label={say.otherLabel}
          hint={say.otherHint}
          fault={found.of("otherText")}
        >
          {(described) => (
            <input
              class="input"
              {...described}
              type="text"
              autocomplete="off"
              value={draft.otherText}
              onInput={(event) => change({ otherText: event.currentTarget.value })}
            />
          )}
        </Field>
      ) : null}
    </Group>
  );
}

function LevelFold(props: { level: Level; matter: Matter; change: (next: Partial<Draft>) => void }) {
  const { level, matter, change } = props;
  const say = useWords(words);
  const language = useLanguage();
  const draft = useDraft();
  const units = matter.units.filter((unit) => unit.level === level);
  const group = GROUPS.includes(level) ? `group:${level}` : null;
  const keys = [...(group === null ? [] : [group]), ...units.flatMap(keysOf)];
  const picked = keys.filter((key) => draft.targets.includes(key)).length;
  const place = levelWord(matter.region.path, level, language);
  const box = (key: string, label: ComponentChildren) => (
    <Choice
      key={key}
      type="checkbox"
      name={key}
      label={label}
      checked={draft.targets.includes(key)}
      onPick={(on) => change(toggled(draft, key, on))}
    />
  );
  return (
    <details class="fold">
      <summary>
        <span>
          {say.levelOf(place)}
          {picked === 0 ? null : <b class="picked">{say.picked(picked)}</b>}
        </span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>
        {group === null ? null : <div class="choices lines unit">{box(group, say.people(place))}</div>}
        {units.map((unit) => (
          <div key={unit.id} class="choices lines unit">
            {box(
              `organisation:${unit.id}`,
              <>
                <Zh>{unit.name}</Zh>
                {say.whole}
              </>,
            )}
            <div class="posts">
              {unit.posts.map((post) => box(`post:${post.id}`, <Zh>{say.postOf(unit.name, post.title)}</Zh>))}
            </div>
          </div>
        ))}
      </div>
    </details>
  );
}

const keysOf = (unit: Unit): string[] => [
  `organisation:${unit.id}`,
  ...unit.posts.map((post) => `post:${post.id}`),
];
