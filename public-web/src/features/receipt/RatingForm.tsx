// 解决了吗? Four values in words; what follows from the fourth is said before it is chosen.
import { ratings } from "@yidiantong/client";
import { useState } from "preact/hooks";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { limitWords } from "../../lib/limits";
import { useUnsent } from "../../lib/unsent";
import { Choice, Field, focusField, Group } from "../../ui/form";
import { Button, Card, Notice } from "../../ui/parts";
import type { Deed } from "./api";
import { above, upperPlace } from "./places";
import { dissatisfiedSoFar, running } from "./timeline";
import type { Case } from "./useCase";
import { words } from "./words";

type Rating = Extract<Deed, { action: "rate" }>["rating"];
const VALUES: readonly Rating[] = ["very_satisfied", "satisfied", "basically_satisfied", "dissatisfied"];
const COMMENT_MOST = 1000;

export function RatingForm({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const [{ text: comment, choice }, change] = useUnsent(open.code, "rate");
  const rating = VALUES.find((value) => value === choice) ?? null;
  const [fault, setFault] = useState<"rating" | "comment" | null>(null);
  const until = running(open.view, "rate");
  const late = (open.view.merged_into?.state ?? open.view.state) === "closed";
  const send = async () => {
    const why = comment.trim();
    const wrong = rating === null ? "rating" : Array.from(why).length > COMMENT_MOST ? "comment" : null;
    setFault(wrong);
    if (wrong !== null || rating === null) return focusField(wrong ?? "rating");
    const deed = { action: "rate", rating, ...(why === "" ? {} : { comment: why }) } as const;
    if (await open.act(deed)) change(null);
  };
  return (
    <Card class="padded todo">
      {late ? <p class="cap">{say.lateRating}</p> : null}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Group
          id="rating"
          label={say.rateTitle}
          hint={
            <>
              <p>{say.rateHint}</p>
              {until === null ? null : <p>{say.rateBy(day(until.due_date, language))}</p>}
            </>
          }
          fault={fault === "rating" ? say.rateMissing : undefined}
        >
          <div class="choices">
            {VALUES.map((value, at) => (
              <Choice
                key={value}
                type="radio"
                name="rating"
                value={value}
                {...(at === 0 ? { id: "rating" } : {})}
                label={ratings[value][language]}
                checked={rating === value}
                onPick={() => {
                  change({ choice: value });
                  setFault(null);
                }}
              />
            ))}
          </div>
        </Group>
        {late ? null : <Again open={open} chosen={rating === "dissatisfied"} />}
        <Field
          id="comment"
          label={say.why}
          fault={fault === "comment" ? say.tooLong(COMMENT_MOST) : undefined}
        >
          {(described) => (
            <textarea
              class="input"
              {...described}
              rows={3}
              value={comment}
              onInput={(event) => {
                change({ text: event.currentTarget.value });
                setFault(null);
              }}
            />
          )}
        </Field>
        <Button type="submit" look="main" wide aria-disabled={open.busy}>
          {say.rateSend}
        </Button>
      </form>
    </Card>
  );
}

/** What "dissatisfied" brings about now: done again, then one level up, then kept. */
function Again({ open, chosen }: { open: Case; chosen: boolean }) {
  const say = useWords(words);
  const language = useLanguage();
  const limit = open.around.policy?.stages.rework;
  const days = limit === undefined ? say.again.soon : say.within(limitWords(limit, language));
  const times = dissatisfiedSoFar(open.view);
  const second =
    above(open.view.level) === null
      ? say.again.secondAtTop(days)
      : say.again.second(upperPlace(open, language, say.upper), days);
  const first = open.view.merged_into ? say.again.follower(days) : say.again.first(days);
  return (
    <div class="goes" role="status">
      <Notice tone={chosen ? "wait" : "plain"}>
        <p>{times === 0 ? first : times === 1 ? second : say.again.third}</p>
      </Notice>
    </div>
  );
}
