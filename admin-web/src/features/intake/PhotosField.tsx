import { newIdempotencyKey, type PublicComponents } from "@yidiantong/client";
import { Button } from "antd";
import { useState } from "react";
import { publicApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { FilePick } from "../../ui/FilePick";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { words } from "./words";

/** A photo that the server has, by its token; the name is only shown here. */
export interface Photo {
  token: string;
  name: string;
}

/** So many a filing may have. */
const MOST = 6;

interface Props {
  id?: string;
  value?: readonly Photo[];
  onChange?: (photos: readonly Photo[]) => void;
}

async function upload(file: File): Promise<PublicComponents["schemas"]["Upload"]> {
  const form = new FormData();
  form.append("file", file, file.name);
  const { data } = await publicApi.POST("/api/v1/attachments", {
    params: { header: { "Idempotency-Key": newIdempotencyKey() } },
    body: { file: "" },
    bodySerializer: () => form,
  });
  if (data === undefined) throw new Error("an answer without a body");
  return data;
}

/** Pages of a letter, or what a visitor brought: each is sent as it is chosen. */
export function PhotosField({ id, value = [], onChange }: Props) {
  const say = useText(words);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const add = async (file: File | undefined) => {
    if (file === undefined) return;
    setBusy(true);
    setError(null);
    try {
      const { token } = await upload(file);
      onChange?.([...value, { token, name: file.name }]);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="intake-photos">
      {value.length === 0 ? null : (
        <ul>
          {value.map(({ token, name }) => (
            <li key={token}>
              <span>{name}</span>
              <Button
                size="small"
                aria-label={say("photo_drop_one", { name })}
                onClick={() => onChange?.(value.filter((one) => one.token !== token))}
              >
                {say("photo_drop")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {value.length >= MOST ? (
        <p className="quiet">{say("photo_enough", { n: MOST })}</p>
      ) : (
        <FilePick
          {...(id === undefined ? {} : { id })}
          accept="image/jpeg,image/png,image/webp"
          disabled={busy}
          face={say(busy ? "photo_busy" : "photo_add")}
          onPick={(file) => void add(file)}
        />
      )}
      {error === null ? null : <ProblemAlert error={error} />}
    </div>
  );
}
