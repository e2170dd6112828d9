// Photos beside words. Each is drawn anew on this phone and sent at once; what is kept of it here is its token.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../lib/api";
import { useWords } from "../lib/i18n";
import { drawnAnew, type Uploaded, upload } from "../lib/photo";
import { Group } from "./form";
import "./photos.css";

/** Photos of one case; the server counts them too. */
export const MOST_PHOTOS = 6;

const words = {
  zh: {
    photo: (n: number) => `照片 ${n}`,
    drop: "去掉",
    dropLong: (name: string) => `去掉“${name}”`,
    sending: "正在传照片，请等一下…",
    unreadable: "有一张打不开，请换一张。",
    notSent: "照片没有传上去，请再选一次。",
    gone: "以前选的照片放得太久，已经没有了，请再选一次。",
  },
  en: {
    photo: (n: number) => `Photo ${n}`,
    drop: "Remove",
    dropLong: (name: string) => `Remove "${name}"`,
    sending: "Sending the photos, please wait…",
    unreadable: "One could not be opened; please choose another.",
    notSent: "The photo was not sent; please choose it again.",
    gone: "The photos chosen earlier have been kept too long and are gone; please choose them again.",
  },
};

/** How the photos of this visit look, by their tokens. After a reload they are known by number only. */
const pictures = new Map<string, string>();

function forget(token: string): void {
  const url = pictures.get(token);
  if (url !== undefined) URL.revokeObjectURL(url);
  pictures.delete(token);
}

interface PhotoPickerProps {
  /** Of the field. */
  id: string;
  label: string;
  hint: ComponentChildren;
  fault?: string | undefined;
  photos: readonly Uploaded[];
  /** How many there may be. */
  most: number;
  onPhotos: (photos: readonly Uploaded[]) => void;
  /** Whether some are on their way. */
  onBusy?: (busy: boolean) => void;
}

export function PhotoPicker({ id, label, hint, fault, photos, most, onPhotos, onBusy }: PhotoPickerProps) {
  const say = useWords(words);
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState("");
  const running = useRef(false);
  // What there is now, also while one is on its way.
  const now = useRef({ photos, onPhotos });
  now.current = { photos, onPhotos };
  const put = (next: readonly Uploaded[]) => {
    now.current.photos = next;
    now.current.onPhotos(next);
  };

  // What the server has forgotten meanwhile is of no use to anybody.
  useEffect(() => {
    const { photos: chosen, onPhotos: keep } = now.current;
    const good = chosen.filter((photo) => Date.parse(photo.until) > Date.now());
    if (good.length < chosen.length) {
      keep(good);
      setWhy(say.gone);
    }
  }, [say]);

  const add = async (files: readonly File[]) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    onBusy?.(true);
    setWhy("");
    try {
      for (const file of files.slice(0, most - now.current.photos.length)) {
        const picture = await drawnAnew(file).catch(() => null);
        if (picture === null) {
          setWhy(say.unreadable);
          continue;
        }
        const photo = await upload(picture);
        pictures.set(photo.token, URL.createObjectURL(picture));
        put([...now.current.photos, photo]);
      }
    } catch (reason) {
      const said = reason instanceof Problem && reason.kind === "refused" ? reason.detail : "";
      setWhy(said || say.notSent);
    } finally {
      running.current = false;
      setBusy(false);
      onBusy?.(false);
    }
  };

  const remove = (token: string) => {
    put(now.current.photos.filter((photo) => photo.token !== token));
    forget(token);
    document.getElementById(id)?.focus();
  };

  return (
    <Group id={id} label={label} hint={hint} fault={fault}>
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
        id={id}
        aria-label={label}
        accept="image/jpeg,image/png,image/webp"
        multiple
        disabled={busy || photos.length >= most}
        onChange={(event) => {
          const field = event.currentTarget;
          const files = [...(field.files ?? [])];
          // The same photo may be chosen again after it was removed.
          field.value = "";
          void add(files);
        }}
      />
      <p class="cap" role="status">
        {busy ? say.sending : why}
      </p>
    </Group>
  );
}
