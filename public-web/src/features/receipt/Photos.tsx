// One's own photos. They come with the receipt code in a header, so each is asked for, not linked to.
import { useEffect, useState } from "preact/hooks";
import { ask } from "../../lib/api";
import { useWords } from "../../lib/i18n";
import { MOST_PHOTOS } from "../../ui/PhotoPicker";
import { Button } from "../../ui/parts";
import type { Receipt } from "./timeline";
import type { Case } from "./useCase";
import { words } from "./words";

/** How many photos the case may still be given. A view kept by an older page tells of none. */
export const photosLeft = ({ attachments }: Receipt): number =>
  Math.max(0, MOST_PHOTOS - (attachments?.length ?? 0));

export function Photos({ open }: { open: Case }) {
  const say = useWords(words);
  const { attachments } = open.view;
  // A view kept by an older page has none.
  if (attachments === undefined || attachments.length === 0) return null;
  return (
    <section class="card padded" aria-labelledby="photos">
      <h2 id="photos">{say.photos}</h2>
      {attachments.map(({ n, width, height }) => (
        <Photo key={n} code={open.code} n={n} width={width} height={height} />
      ))}
    </section>
  );
}

function Photo({ code, n, width, height }: { code: string; n: number; width: number; height: number }) {
  const say = useWords(words);
  const [url, setUrl] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (url === null) return;
    return () => URL.revokeObjectURL(url);
  }, [url]);

  const look = async () => {
    setFailed(false);
    try {
      const params = { path: { n } };
      const headers = { "X-Receipt-Code": code };
      const picture: unknown = await ask((api, signal) =>
        api.GET("/api/v1/receipt/attachments/{n}", { params, headers, parseAs: "blob", signal }),
      );
      setUrl(URL.createObjectURL(picture as Blob));
    } catch {
      setFailed(true);
    }
  };
  if (url !== null) {
    return (
      <figure class="picture">
        <img src={url} alt={say.photo(n)} width={width} height={height} />
      </figure>
    );
  }
  return (
    <div class="stack">
      <Button look="quiet" wide onClick={look}>
        {say.photoLook(n)}
      </Button>
      {failed ? <p role="alert">{say.photoFailed}</p> : null}
    </div>
  );
}
