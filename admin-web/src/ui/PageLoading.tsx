import { Skeleton } from "antd";
import { useEffect, useState } from "react";
import { useText } from "../lib/i18n";
import { common } from "../lib/i18n/common";

const SHOW_MS = 400;
const SLOW_MS = 5000;

/** Nothing at first (most pages are there by then), then the page's shape, then a word that it takes long. */
export function PageLoading({ rows = 8 }: { rows?: number }) {
  const say = useText(common);
  const [phase, setPhase] = useState<"quiet" | "shown" | "slow">("quiet");
  useEffect(() => {
    const shown = setTimeout(() => setPhase("shown"), SHOW_MS);
    const slow = setTimeout(() => setPhase("slow"), SLOW_MS);
    return () => {
      clearTimeout(shown);
      clearTimeout(slow);
    };
  }, []);
  if (phase === "quiet") return null;
  return (
    <div className="page-loading" role="status">
      <p className={phase === "slow" ? undefined : "unseen"}>{say(phase === "slow" ? "slow" : "loading")}</p>
      <Skeleton active title={false} paragraph={{ rows, width: "100%" }} />
    </div>
  );
}
