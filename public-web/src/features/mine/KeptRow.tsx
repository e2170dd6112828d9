// One receipt: its number is shown, its code only when tapped.
import { useState } from "preact/hooks";
import { showReceipt } from "../../lib/filed";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { dropReceipt, type KeptReceipt } from "../../lib/kept";
import { inGroups, masked, spoken } from "../../lib/receiptCode";
import { Button } from "../../ui/parts";
import { Sure } from "../../ui/Sure";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

export function KeptRow({ receipt }: { receipt: KeptReceipt }) {
  const say = useWords(words);
  const language = useLanguage();
  const [shown, setShown] = useState(false);
  const [sure, setSure] = useState(false);
  return (
    <li class="card padded">
      <p>
        <b>
          {say.number} <span class="keep">{receipt.number}</span>
        </b>
      </p>
      <p class="cap">
        <Zh>{receipt.place}</Zh> {say.filed(day(receipt.filed_at, language))}
      </p>
      <p class="code-line">
        {shown ? (
          <>
            <span aria-hidden="true">{inGroups(receipt.code)}</span>
            <span class="sr">{spoken(receipt.code)}</span>
          </>
        ) : (
          <span>{masked(receipt.code)}</span>
        )}
      </p>
      {sure ? (
        <Sure
          question={say.forgetAsk}
          yes={say.yes}
          no={say.no}
          onYes={() => {
            dropReceipt(receipt.code);
            document.getElementById("text")?.focus();
          }}
          onNo={() => setSure(false)}
        />
      ) : (
        <>
          <div class="buttons">
            <Button aria-label={say.lookLong(receipt.number)} onClick={() => showReceipt(receipt.code)}>
              {say.look}
            </Button>
            <Button look="quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>
              {shown ? say.hide : say.show}
            </Button>
          </div>
          <button type="button" class="textbutton grey" onClick={() => setSure(true)}>
            {say.forget}
          </button>
        </>
      )}
    </li>
  );
}
