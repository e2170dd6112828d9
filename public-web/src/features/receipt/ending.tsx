// Disagreeing, taking it back, and the doors outside this system.
import { useEffect, useRef, useState } from "preact/hooks";
import { useLanguage, useWords } from "../../lib/i18n";
import { levelOfRung } from "../../lib/levels";
import { limitWords } from "../../lib/limits";
import { useUnsent } from "../../lib/unsent";
import { Icon } from "../../ui/Icon";
import { Button, ButtonLink } from "../../ui/parts";
import { placeOf, upperPlace } from "./places";
import { disputeGone } from "./timeline";
import type { Case } from "./useCase";
import { WordsForm } from "./WordsForm";
import { words } from "./words";

const REASON_MOST = 2000;

export function DisputeForm({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const { view, around } = open;
  const place = upperPlace(open, language, say.upper);
  const rework = around.policy?.stages.rework;
  const days = rework === undefined ? say.again.soon : say.within(limitWords(rework, language));
  const withdrawn = view.state === "withdrawn";
  const hint =
    view.state === "declined"
      ? say.disputeHints.declined(place)
      : withdrawn
        ? say.disputeHints.withdrawn(place)
        : say.disputeHints.answer(place, days);
  return (
    <details class="fold" open={view.state === "declined" || withdrawn}>
      <summary>
        <span>{withdrawn ? say.disputeWithdrawn : say.dispute}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>
        <p>{hint}</p>
        <p>{say.disputeOnce(around.policy?.dispute_days ?? null)}</p>
        <WordsForm
          id="dispute"
          code={open.code}
          label={withdrawn ? say.goOnLabel : say.disputeLabel}
          button={withdrawn ? say.goOnSend : say.disputeSend}
          most={REASON_MOST}
          busy={open.busy}
          onSend={(reason) => open.act({ action: "dispute", reason })}
        />
      </div>
    </details>
  );
}

export function WithdrawForm({ open }: { open: Case }) {
  const say = useWords(words);
  const [reason, setReason] = useState<string | null>(null);
  const [, forget] = useUnsent(open.code, "withdraw");
  const question = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (reason !== null) question.current?.focus();
  }, [reason]);
  return (
    <details class="fold">
      <summary>
        <span>{say.withdraw}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>
        <p>{say.withdrawHint(open.around.policy?.dispute_days ?? null)}</p>
        {reason === null ? (
          <WordsForm
            id="withdraw"
            code={open.code}
            label={say.withdrawLabel}
            button={say.withdrawSend}
            look="quiet"
            most={REASON_MOST}
            optional
            busy={open.busy}
            onSend={async (text) => {
              setReason(text);
              return false;
            }}
          />
        ) : (
          <div class="ask-panel danger">
            <h3 ref={question} tabIndex={-1}>
              {say.withdrawAsk}
            </h3>
            <div class="buttons">
              <Button look="quiet" onClick={() => setReason(null)}>
                {say.withdrawNo}
              </Button>
              <Button
                class="danger"
                aria-disabled={open.busy}
                onClick={async () => {
                  const deed = { action: "withdraw", ...(reason === "" ? {} : { reason }) } as const;
                  if (await open.act(deed)) forget(null);
                }}
              >
                {say.withdrawSend}
              </Button>
            </div>
          </div>
        )}
      </div>
    </details>
  );
}

/** Where to go when this is not the right place any more. */
export function Doors({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const doors = open.around.categories.flatMap((one) =>
    one.redirect && one.code !== "emergency" ? [{ ...one, redirect: one.redirect }] : [],
  );
  const gone = disputeGone(open.view);
  const days = open.around.policy?.dispute_days ?? null;
  const why =
    gone === null
      ? null
      : gone === "used"
        ? say.disputeGone.used
        : gone === "top"
          ? say.disputeGone.top(placeOf(open.around, levelOfRung(open.view.level), language))
          : say.disputeGone.late(days);
  if (doors.length === 0) return why === null ? null : <p>{why}</p>;
  // Whoever was not helped here sees the other doors without asking for them.
  const wanted = gone !== null && open.view.state !== "closed";
  return (
    <details class="fold" open={wanted}>
      <summary>
        <span>{say.doors}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>
        {why === null ? null : <p>{why}</p>}
        {doors.map(({ code, name, redirect }) => (
          <div key={code} class="doorrow">
            <h3>{name}</h3>
            <p>{redirect.text}</p>
            {redirect.phones.map((phone) => (
              <ButtonLink key={phone} look="quiet" icon="phone" href={`tel:${phone}`}>
                {say.call(phone)}
              </ButtonLink>
            ))}
          </div>
        ))}
      </div>
    </details>
  );
}
