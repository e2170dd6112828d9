// Photos beside words. Each is drawn anew on this phone and sent at once; where the words may wait for a line, so may
// their photos, and one that could not be sent stays until it can.

import { newIdempotencyKey } from "@yidiantong/client";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../lib/api";
import { useWords } from "../lib/i18n";
import { drawnAnew, type Photo, upload } from "../lib/photo";
import { dropPictures, holdPicture, isUploaded, pictureOf } from "../lib/pictures";
import { Group } from "./form";
import { Icon, type IconName } from "./Icon";
import "./photos.css";

/** Photos of one case; the server counts them too. */
export const MOST_PHOTOS = 6;

const words = {
  zh: {
    take: "拍照",
    choose: "选照片",
    photo: (n: number) => `照片 ${n}`,
    drop: "去掉",
    dropLong: (name: string) => `去掉“${name}”`,
    sending: "正在传照片，请等一下…",
    unreadable: (name: string) => `“${name}”打不开，请换一张。`,
    notSent: "照片没有传上去，请再选一次。",
    gone: "以前选的照片放得太久，已经没有了，请再选一次。",
    later: "照片还没有传上去，先放在这里；交的时候再传，不用重选。",
    notYet: "没传",
    most: (most: number, left: number) => `最多 ${most} 张，有 ${left} 张没有放进来。`,
  },
  en: {
    take: "Take a photo",
    choose: "Choose photos",
    photo: (n: number) => `Photo ${n}`,
    drop: "Remove",
    dropLong: (name: string) => `Remove "${name}"`,
    sending: "Sending the photos, please wait…",
    unreadable: (name: string) => `“${name}” could not be opened; please choose another.`,
    notSent: "The photo was not sent; please choose it again.",
    gone: "The photos chosen earlier have been kept too long and are gone; please choose them again.",
    later: "The photo is not sent yet and stays here; it goes when you hand in. No need to choose it again.",
    notYet: "not sent",
    most: (most: number, left: number) =>
      `At most ${most}: ${left} of those you chose ${left === 1 ? "is" : "are"} left out.`,
  },
};

interface PhotoPickerProps {
  /** Of the field. */
  id: string;
  label: string;
  hint: ComponentChildren;
  fault?: string | undefined;
  photos: readonly Photo[];
  /** How many there may be. */
  most: number;
  onPhotos: (photos: readonly Photo[]) => void;
  /**
   * Where the words may wait for a line: whether the phone may keep a photo meanwhile. Left out, a photo that cannot be
   * sent is not taken.
   */
  later?: { keep: boolean };
  /** Whether some are on their way. */
  onBusy?: (busy: boolean) => void;
}

export function PhotoPicker(props: PhotoPickerProps) {
  const { id, label, hint, fault, photos, most, onPhotos, onBusy, later } = props;
  const say = useWords(words);
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState("");
  const running = useRef(false);
  // What there is now, also while one is on its way.
  const now = useRef({ photos, onPhotos });
  now.current = { photos, onPhotos };
  const put = (next: readonly Photo[]) => {
    now.current.photos = next;
    now.current.onPhotos(next);
  };

  // What the server has forgotten meanwhile, and this phone too, is of no use to anybody.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `put` reads what there is now.
  useEffect(() => {
    let left = false;
    const { photos: chosen } = now.current;
    const looked = chosen.map(async (photo) => isUploaded(photo) || (await pictureOf(photo.id)) !== null);
    void Promise.all(looked).then((good) => {
      if (left || good.every(Boolean)) return;
      const bad = new Set(chosen.filter((_, at) => !good[at]).map((photo) => photo.id));
      put(now.current.photos.filter((photo) => !bad.has(photo.id)));
      setWhy(say.gone);
    });
    return () => {
      left = true;
    };
  }, [say]);

  const addOne = async (file: File): Promise<string> => {
    const picture = await drawnAnew(file).catch(() => null);
    if (picture === null) return say.unreadable(file.name);
    const photo: Photo = { id: newIdempotencyKey(), token: "", until: "" };
    await holdPicture(photo.id, picture, later?.keep === true);
    if (later !== undefined) put([...now.current.photos, photo]);
    try {
      const sent = { ...photo, ...(await upload(picture, photo.id)) };
      const others = now.current.photos.filter((one) => one.id !== photo.id);
      put([...others, sent]);
      return "";
    } catch (reason) {
      const refused = reason instanceof Problem && !reason.passing;
      if (later !== undefined && !refused) return say.later;
      remove(photo.id);
      return (refused && reason.detail) || say.notSent;
    }
  };

  const add = async (files: readonly File[]) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    onBusy?.(true);
    setWhy("");
    const room = most - now.current.photos.length;
    if (files.length > room) setWhy(say.most(most, files.length - room));
    for (const file of files.slice(0, room)) {
      const said = await addOne(file).catch(() => say.notSent);
      if (said !== "") setWhy(said);
    }
    running.current = false;
    setBusy(false);
    onBusy?.(false);
  };

  const remove = (gone: string) => {
    void dropPictures(now.current.photos.filter((photo) => photo.id === gone));
    put(now.current.photos.filter((photo) => photo.id !== gone));
  };

  const tile = { disabled: busy || photos.length >= most, onFiles: (files: File[]) => void add(files) };
  return (
    <Group id={id} label={label} hint={hint} fault={fault}>
      {photos.length === 0 ? null : (
        <ul class="photos">
          {photos.map((photo, index) => {
            const name = say.photo(index + 1);
            return (
              <li key={photo.id}>
                <Thumb id={photo.id} name={name} />
                {photo.token === "" && !busy ? <span class="tag wait">{say.notYet}</span> : null}
                <button
                  type="button"
                  class="textbutton"
                  aria-label={say.dropLong(name)}
                  onClick={() => {
                    remove(photo.id);
                    document.getElementById(id)?.focus();
                  }}
                >
                  {say.drop}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <div class="tiles">
        <Tile id={`${id}-camera`} icon="camera" words={say.take} camera {...tile} />
        <Tile id={id} icon="image" words={say.choose} {...tile} />
      </div>
      <p class={busy || why === "" ? "cap" : "strong"} role="status">
        {busy ? say.sending : why}
      </p>
    </Group>
  );
}

interface TileProps {
  id: string;
  icon: IconName;
  words: string;
  /** Straight from the phone's camera, one at a time. */
  camera?: boolean;
  disabled: boolean;
  onFiles: (files: File[]) => void;
}

/** The browser's own field lies over the tile, unseen: whatever taps, tabs or listens finds it. */
function Tile({ id, icon, words: text, camera = false, disabled, onFiles }: TileProps) {
  return (
    <label class={`tile ${camera ? "camera" : ""}`} for={id}>
      <input
        type="file"
        id={id}
        accept="image/jpeg,image/png,image/webp"
        {...(camera ? { capture: "environment" as const } : { multiple: true })}
        disabled={disabled}
        onChange={(event) => {
          const field = event.currentTarget;
          const files = [...(field.files ?? [])];
          // The same photo may be chosen again after it was removed.
          field.value = "";
          onFiles(files);
        }}
      />
      <Icon name={icon} size={1.9} />
      <span>{text}</span>
    </label>
  );
}

/** How it looks, where this phone still has it; else it is known by its number. */
function Thumb({ id, name }: { id: string; name: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let left = false;
    void pictureOf(id).then((picture) => {
      if (left || picture === null) return;
      made = URL.createObjectURL(picture);
      setUrl(made);
    });
    return () => {
      left = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [id]);
  return url === null ? <span class="cap">{name}</span> : <img src={url} alt={name} />;
}
