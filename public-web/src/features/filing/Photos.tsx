// Up to six photos. Each is drawn anew on this phone and sent at once; what stays in the draft is its token.
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../../lib/api";
import { changeDraft, currentDraft, useDraft } from "../../lib/draft";
import { useWords } from "../../lib/i18n";
import { drawnAnew, upload } from "../../lib/photo";
import { Group } from "../../ui/form";
import { type Found, idOf } from "./useFaults";
import { words } from "./words";

export const MOST_PHOTOS = 6;

/** How the photos of this visit look, by their tokens. After a reload they are known by number only. */
const pictures = new Map<string, string>();

export function Photos({ found }: { found: Found }) {
  const say = useWords(words);
  const { photos } = useDraft();
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState("");
  const running = useRef(false);

  // What the server has forgotten meanwhile is of no use to anybody.
  useEffect(() => {
    const good = currentDraft().photos.filter((photo) => Date.parse(photo.until) > Date.now());
    if (good.length < currentDraft().photos.length) {
      changeDraft({ photos: good });
      setWhy(say.photosGone);
    }
  }, [say]);

  const add = async (files: readonly File[]) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setWhy("");
    try {
      for (const file of files.slice(0, MOST_PHOTOS - currentDraft().photos.length)) {
        const picture = await drawnAnew(file).catch(() => null);
        if (picture === null) {
          setWhy(say.photoUnreadable);
          continue;
        }
        const photo = await upload(picture);
        pictures.set(photo.token, URL.createObjectURL(picture));
        changeDraft({ photos: [...currentDraft().photos, photo] });
        found.mended("photos");
      }
    } catch (reason) {
      const said = reason instanceof Problem && reason.kind === "refused" ? reason.detail : "";
      setWhy(said || say.photoNotSent);
    } finally {
      running.current = false;
      setBusy(false);
    }
  };

  const remove = (token: string) => {
    changeDraft({ photos: currentDraft().photos.filter((photo) => photo.token !== token) });
    found.mended("photos");
    const url = pictures.get(token);
    if (url !== undefined) URL.revokeObjectURL(url);
    pictures.delete(token);
    document.getElementById(idOf("photos"))?.focus();
  };

  return (
    <Group id={idOf("photos")} label={say.photos} hint={say.photosHint} fault={found.of("photos")}>
      {photos.length === 0 ? null : (
        <ul class="photos">
          {photos.map((photo, index) => {
            const name = say.photo(index + 1);
            const url = pictures.get(photo.token);
            return (
              <li key={photo.token}>
                {url === undefined ? <span class="cap">{name}</span> : <img src={url} alt={name} />}
                <button
                  type="button"
                  class="textbutton"
                  aria-label={say.dropLong(name)}
                  onClick={() => remove(photo.token)}
                >
                  {say.drop}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <input
        type="file"
        class="input"
        id={idOf("photos")}
        aria-label={say.photos}
        accept="image/jpeg,image/png,image/webp"
        multiple
        disabled={busy || photos.length >= MOST_PHOTOS}
        onChange={(event) => {
          const field = event.currentTarget;
          const files = [...(field.files ?? [])];
          // The same photo may be chosen again after it was removed.
          field.value = "";
          void add(files);
        }}
      />
      <p class="cap" role="status">
        {busy ? say.photoSending : why}
      </p>
    </Group>
  );
}
