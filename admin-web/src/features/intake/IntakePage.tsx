import type { AdminComponents } from "@yidiantong/client";
import { useState } from "react";
import { useText } from "../../lib/i18n";
import { filesForOthers, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { IntakeForm } from "./IntakeForm";
import { Receipt } from "./Receipt";
import { words } from "./words";

type Filed = AdminComponents["schemas"]["FiledView"];

export function Component() {
  const say = useText(words);
  const [filed, setFiled] = useState<Filed | null>(null);
  if (!filesForOthers(useStaff().role)) return <Forbidden />;
  return (
    <div className="page-body">
      {filed === null ? (
        <>
          <PageHead title={say("title")} lead={say("lead")} />
          <IntakeForm onFiled={setFiled} />
        </>
      ) : (
        <Receipt filed={filed} onNext={() => setFiled(null)} />
      )}
    </div>
  );
}
