// The accounts of the villages that a village was made of, as they were before.
import { useWords } from "../lib/i18n";
import type { Region } from "../lib/reads";
import { ButtonLink } from "./parts";

const words = {
  zh: { before: (village: string) => `${village}并过来以前的账` },
  en: { before: (village: string) => `Accounts of ${village} before the merger` },
};

export function OldAccounts({ village }: { village: Region }) {
  const say = useWords(words);
  return (
    <>
      {village.predecessors.map((old) => (
        <p key={old.code} class="after">
          <ButtonLink look="quiet" wide href={`/v/${old.code}/accounts`}>
            {say.before(old.short_name)}
          </ButtonLink>
        </p>
      ))}
    </>
  );
}
