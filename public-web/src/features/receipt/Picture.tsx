// The receipt as a picture: shown as an image, because in WeChat a long press is the only way to save one.
import { useEffect, useState } from "preact/hooks";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { inGroups } from "../../lib/receiptCode";
import { ButtonLink } from "../../ui/parts";
import { drawReceipt } from "./drawReceipt";
import { promised } from "./timeline";
import type { Case } from "./useCase";
import { words } from "./words";

export function Picture({ code, open }: { code: string; open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const [url, setUrl] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const { view } = open;
  const due = promised(view)?.due_date;

  useEffect(() => {
    let made: string | null = null;
    let gone = false;
    drawReceipt({
      language,
      groups: inGroups(code).split(" "),
      facts: [
        [say.number, view.number],
        [say.place, view.region_name],
        [say.filed, day(view.received_at, language)],
      ],
      due: due === undefined ? "" : say.answerBy(day(due, language)),
      place: `${location.origin}/receipt`,
      seal: say.seals[view.state] ?? say.seals.submitted ?? [],
    }).then(
      (blob) => {
        if (gone) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [code, language, due, view.number, view.region_name, view.received_at, view.state, say]);

  if (failed) return <p role="alert">{say.pictureFailed}</p>;
  if (url === null) return null;
  return (
    <figure class="picture">
      <figcaption>
        <span role="status">{say.pictureHint}</span>
      </figcaption>
      <img src={url} alt={say.pictureAlt} width={720} height={900} />
      <ButtonLink
        look="quiet"
        wide
        icon="download"
        href={url}
        download={`${say.pictureFile}-${view.number}.png`}
      >
        {say.download}
      </ButtonLink>
    </figure>
  );
}
