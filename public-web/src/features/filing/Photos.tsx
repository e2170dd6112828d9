// Up to six photos of what is written about; those that have no line yet wait with the words.
import { changeDraft, useDraft, useDraftKept } from "../../lib/draft";
import { useWords } from "../../lib/i18n";
import { MOST_PHOTOS, PhotoPicker } from "../../ui/PhotoPicker";
import { type Found, idOf } from "./useFaults";
import { words } from "./words";

export function Photos({ found }: { found: Found }) {
  const say = useWords(words);
  const { photos } = useDraft();
  const keep = useDraftKept() === true;
  return (
    <PhotoPicker
      id={idOf("photos")}
      label={say.photos}
      hint={say.photosHint}
      fault={found.of("photos")}
      photos={photos}
      most={MOST_PHOTOS}
      later={{ keep }}
      onPhotos={(next) => {
        changeDraft({ photos: next });
        found.mended("photos");
      }}
    />
  );
}
