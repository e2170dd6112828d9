// A file by choosing it: the browser's own field, with a face in our words and in the language of the page.
interface Props {
  face: string;
  onPick: (file: File | undefined) => void;
  accept: string;
  id?: string;
  label?: string;
  disabled?: boolean;
  wrong?: boolean;
  describedBy?: string;
}

export function FilePick({ face, onPick, accept, id, label, disabled, wrong, describedBy }: Props) {
  return (
    <span className="file-pick">
      <input
        type="file"
        id={id}
        accept={accept}
        aria-label={label}
        disabled={disabled}
        aria-invalid={wrong}
        aria-describedby={describedBy}
        onChange={(event) => {
          onPick(event.target.files?.[0]);
          // The same file, corrected, can be chosen again.
          event.target.value = "";
        }}
      />
      <span aria-hidden className="file-pick-face">
        {face}
      </span>
    </span>
  );
}
