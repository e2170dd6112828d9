// Raising a concern, in three steps, one thing a page. The draft is shared by them; what it is about arrives in
// history.state and is taken into the draft here.
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import {
  changeDraft,
  currentDraft,
  type Draft,
  eraseDraft,
  hasOwnText,
  hasWords,
  leaveDraft,
  returnToDraft,
  useDraft,
} from "../../lib/draft";
import { type Handover, useHandover } from "../../lib/navigate";
import { useVillage } from "../../lib/settings";
import { CheckStep } from "./CheckStep";
import { MatterStep } from "./MatterStep";
import { NameStep } from "./NameStep";
import { NoVillage, TwoDrafts } from "./openings";
import { SentStep } from "./SentStep";
import "./filing.css";

/** Where what it is about says no more than what it is. */
const CATEGORY_OF: Readonly<Record<Handover["about"]["type"], string | null>> = {
  disclosure_line: "accounts",
  disclosure: "accounts",
  power_item: null,
  obligation: "disclosure",
};

/** What it is about, and how its words begin while the writer has none. */
const beginning = (handover: Handover) => ({
  about: handover,
  ...(hasOwnText(currentDraft()) ? {} : { text: handover.lead ?? "" }),
});

function take(handover: Handover): void {
  changeDraft({
    ...beginning(handover),
    region: { code: handover.region_code, name: "" },
    category: handover.category ?? CATEGORY_OF[handover.about.type],
    // Whom it is about depends on where it is.
    targets: [],
  });
}

/** Opened about nothing on a page: what was looked at before, and not written about, is not what this is about. */
function beginPlain(held: Draft): void {
  if (hasWords(held)) return;
  const given = (history.state as { category?: unknown } | null)?.category;
  const category = typeof given === "string" ? given : null;
  if (held.about !== null) changeDraft({ about: null, text: "", category, targets: [] });
  else if (category !== null) changeDraft({ category });
}

export default function FilingPage() {
  const { params, query } = useRoute();
  const handover = useHandover();
  const village = useVillage();
  const [asked, setAsked] = useState(() => {
    returnToDraft();
    const held = currentDraft();
    if (handover === null) {
      if (params.step === undefined) beginPlain(held);
      return false;
    }
    if (held.about?.about.id === handover.about.id) {
      // Of one matter another step, or the whole of it: the words go on.
      if (held.about.label !== handover.label) changeDraft(beginning(handover));
      return false;
    }
    if (hasWords(held)) return true;
    take(handover);
    return false;
  });

  const draft = useDraft();
  useEffect(() => leaveDraft, []);

  // Without a handover the villager files in general: about the village just chosen, else the one that this
  // phone knows.
  const chosen = /^\d{12}$/.test(query.village ?? "") ? query.village : undefined;
  const own = chosen ?? village?.code;
  useEffect(() => {
    const held = currentDraft();
    if (own === undefined || held.about !== null || held.region?.code === own) return;
    changeDraft({ region: { code: own, name: "" }, targets: [] });
  }, [own]);

  if (asked && handover !== null && params.step !== "sent") {
    return (
      <TwoDrafts
        onOld={() => setAsked(false)}
        onNew={() => {
          eraseDraft();
          take(handover);
          setAsked(false);
        }}
      />
    );
  }
  if (params.step === "sent") return <SentStep key="sent" />;
  const region = draft.region?.code ?? own;
  if (region === undefined) return <NoVillage />;
  if (params.step === "name") return <NameStep key="name" />;
  if (params.step === "check") return <CheckStep key="check" region={region} />;
  return <MatterStep key="matter" region={region} />;
}
