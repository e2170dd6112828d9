// The papers behind one entry, as far as they are public: pictures on which names and numbers are blackened and the
// supervision committee has looked at what is left. Fetched when they are opened.
import { useState } from "preact/hooks";
import { labelled, useWords } from "../../lib/i18n";
import type { Line } from "../../lib/reads";
import { Icon } from "../../ui/Icon";
import { ButtonLink } from "../../ui/parts";
import { words } from "./words";

export function LineVouchers({ line }: { line: Line }) {
  const say = useWords(words);
  const [open, setOpen] = useState(false);
  // An answer kept by an older page has none.
  const files = line.files ?? [];
  if (files.length === 0) return null;
  return (
    <details class="fold vouchers" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{say.pictures(files.length)}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>
        {open ? (
          <>
            <p class="cap">{say.blackened}</p>
            {files.map((id, at) => (
              <Voucher key={id} id={id} name={say.picture(line.summary, at + 1)} />
            ))}
          </>
        ) : null}
      </div>
    </details>
  );
}

function Voucher({ id, name }: { id: string; name: string }) {
  const say = useWords(words);
  const [failed, setFailed] = useState(false);
  const href = `/api/v1/files/${id}`;
  if (failed) return <p role="alert">{say.pictureFailed}</p>;
  return (
    <figure>
      <img src={href} alt={name} loading="lazy" onError={() => setFailed(true)} />
      <ButtonLink
        look="quiet"
        icon="download"
        href={href}
        download
        aria-label={labelled(say.pictureSave, name)}
      >
        {say.pictureSave}
      </ButtonLink>
    </figure>
  );
}
