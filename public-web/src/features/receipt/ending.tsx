// Disagreeing, taking it back, and the doors outside this system.
import { useEffect, useRef, useState } from "preact/hooks";
import { useLanguage, useWords } from "../../lib/i18n";
import { Icon } from "../../ui/Icon";
import { Button, ButtonLink } from "../../ui/parts";
import { above, placeOf } from "./places";
import type { Case } from "./useCase";
import { WordsForm } from "./WordsForm";
import { words } from "./words";

const REASON_MOST = 2000;

export function DisputeForm({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const upper = above(open.view.level);
  return (
    <details class="fold">
      <summary>
        <span>{say.dispute}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>
        <p>{say.disputeHint(upper === null ? say.upper : placeOf(open.around, upper, language))}</p>
        <WordsForm
          id="dispute"
          label={say.disputeLabel}
          button={say.disputeSend}
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
                onClick={() => open.act({ action: "withdraw", ...(reason === "" ? {} : { reason }) })}
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
  const doors = open.around.categories.flatMap((one) =>
    one.redirect && one.code !== "emergency" ? [{ ...one, redirect: one.redirect }] : [],
  );
  if (doors.length === 0) return null;
  return (
    <details class="fold">
      <summary>
        <span>{say.doors}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>
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
