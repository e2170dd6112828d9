// Raising a concern, in three steps, one thing a page. The draft is shared by them; what it is about arrives in
// history.state and is taken into the draft here.
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { changeDraft, currentDraft, eraseDraft, hasWords, useDraft } from "../../lib/draft";
import { type Handover, useHandover } from "../../lib/navigate";
import { useVillage } from "../../lib/settings";
import { CheckStep } from "./CheckStep";
import { MatterStep } from "./MatterStep";
import { NameStep } from "./NameStep";
import { NoVillage, TwoDrafts } from "./openings";
import "./filing.css";

const CATEGORY_OF: Readonly<Record<Handover["about"]["type"], string | null>> = {
  disclosure_line: "accounts",
  disclosure: "accounts",
  power_item: null,
};

function take(handover: Handover): void {
  changeDraft({
    about: handover,
    region: { code: handover.region_code, name: "" },
    category: CATEGORY_OF[handover.about.type],
    // Whom it is about depends on where it is.
    targets: [],
  });
}

export default function FilingPage() {
  const { params } = useRoute();
  const handover = useHandover();
  const village = useVillage();
  const [asked, setAsked] = useState(() => {
    const held = currentDraft();
    if (handover === null || held.about?.about.id === handover.about.id) return false;
    if (hasWords(held)) return true;
    take(handover);
    return false;
  });

  const draft = useDraft();

  // Without a handover the villager files in general, about the village known to this phone: also when another
  // one was chosen meanwhile.
  useEffect(() => {
    const held = currentDraft();
    if (village === null || held.about !== null || held.region?.code === village.code) return;
    changeDraft({ region: village, targets: [] });
  }, [village]);

  if (asked && handover !== null) {
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
  const region = draft.region ?? village;
  if (region === null) return <NoVillage />;
  if (params.step === "name") return <NameStep key="name" />;
  if (params.step === "check") return <CheckStep key="check" region={region.code} />;
  return <MatterStep key="matter" region={region.code} />;
}
