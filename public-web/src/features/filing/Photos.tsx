// Up to six photos of what is written about; their tokens stay in the draft.
import { changeDraft, useDraft } from "../../lib/draft";
import { useWords } from "../../lib/i18n";
import { MOST_PHOTOS, PhotoPicker } from "../../ui/PhotoPicker";
import { type Found, idOf } from "./useFaults";
import { words } from "./words";

export function Photos({ found }: { found: Found }) {
  const say = useWords(words);
  const { photos } = useDraft();
  return (
    <PhotoPicker
      id={idOf("photos")}
      label={say.photos}
      hint={say.photosHint}
      fault={found.of("photos")}
      photos={photos}
      most={MOST_PHOTOS}
      onPhotos={(next) => {
        changeDraft({ photos: next });
        found.mended("photos");
      }}
    />
  );
}
