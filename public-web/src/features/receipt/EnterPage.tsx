// Entering a code: numbers only, in groups as they are printed, and a slip noticed before anything is sent.
import { useRef, useState } from "preact/hooks";
import { Problem } from "../../lib/api";
import { showReceipt, wasShown } from "../../lib/filed";
import { useWords } from "../../lib/i18n";
import { useKept } from "../../lib/kept";
import { codeFault, digitsOf, inGroups } from "../../lib/receiptCode";
import { FaultSummary, Field } from "../../ui/form";
import { Icon } from "../../ui/Icon";
import { Page } from "../../ui/Page";
import { Button, ButtonLink, Notice } from "../../ui/parts";
import { Failed } from "../../ui/states";
import { look } from "./api";
import { words } from "./words";

/** Where the caret belongs after grouping: behind as many digits as before. */
function caretAfter(text: string, digits: number): number {
  let seen = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (seen === digits) return at;
    if (text[at] !== " ") seen += 1;
  }
  return text.length;
}

export function EnterPage() {
  const say = useWords(words);
  const kept = useKept();
  const [code, setCode] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [looking, setLooking] = useState(false);
  const running = useRef(false);
  const [gone] = useState(() => wasShown(history.state));

  const wrong = (text: string) => {
    setFault(text);
    setTurn((n) => n + 1);
  };
  const type = (input: HTMLTextAreaElement, composing: boolean) => {
    setFault(null);
    setProblem(null);
    if (composing) return setCode(input.value);
    const before = digitsOf(input.value.slice(0, input.selectionStart ?? input.value.length)).length;
    const grouped = inGroups(input.value);
    setCode(grouped);
    // Drawn at once, so that the caret can be put back before the next key.
    input.value = grouped;
    const caret = caretAfter(grouped, before);
    input.setSelectionRange(caret, caret);
  };
  const submit = async () => {
    if (running.current) return;
    const found = codeFault(code);
    if (found !== null) return wrong(say.faults[found]);
    running.current = true;
    setLooking(true);
    setProblem(null);
    try {
      const digits = digitsOf(code);
      await look(digits);
      showReceipt(digits);
    } catch (reason) {
      const why = reason instanceof Problem ? reason : new Problem("server");
      if (why.kind === "not_found") wrong(say.unknown);
      else if (why.code === "too_many_tries") wrong(say.tries(why.retryAfter));
      else setProblem(why);
    } finally {
      running.current = false;
      setLooking(false);
    }
  };

  const digits = digitsOf(code).length;
  return (
    <Page title={say.enterTitle} bar={say.bar} back="/">
      {gone ? (
        <Notice tone="plain" icon="shield">
          <p>{say.gone}</p>
        </Notice>
      ) : null}
      <FaultSummary
        title={say.summary}
        items={fault === null ? [] : [{ id: "code", text: fault }]}
        turn={turn}
      />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field id="code" label={say.code} hint={say.codeHint} fault={fault ?? undefined}>
          {(described) => (
            // Not a one-line field: at large text twenty digits are wider than a phone.
            <textarea
              class="input codefield"
              {...described}
              inputMode="numeric"
              enterkeyhint="search"
              autocomplete="off"
              spellcheck={false}
              value={code}
              onInput={(event) => type(event.currentTarget, event.isComposing)}
              onCompositionEnd={(event) => type(event.currentTarget, false)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || event.isComposing) return;
                event.preventDefault();
                submit();
              }}
            />
          )}
        </Field>
        <p class="count">{digits === 0 ? "" : say.codeSoFar(digits)}</p>
        <div class="stack">
          <Button look="main" wide type="submit" aria-disabled={looking}>
            {looking ? say.looking : say.look}
          </Button>
          {kept.length === 0 ? null : (
            <ButtonLink look="quiet" wide href="/mine">
              {say.keptHere(kept.length)}
            </ButtonLink>
          )}
        </div>
      </form>
      {problem === null ? null : (
        <div class="goes">
          <Failed problem={problem} retry={submit} />
        </div>
      )}
      <details class="fold lost">
        <summary>
          <span>{say.lost}</span>
          <Icon name="down" size={1.2} />
        </summary>
        <div>
          <p>{say.lostHint}</p>
        </div>
      </details>
    </Page>
  );
}
