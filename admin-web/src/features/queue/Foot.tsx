import { SearchOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { type Filters, writeFilters } from "./filters";
import type { useQueue } from "./useQueue";
import { words } from "./words";

/** So far below the screen the end of the list is near. */
const AHEAD = "1600px";

interface Props {
  queue: ReturnType<typeof useQueue>;
  all: number | undefined;
}

/** How much of the list is here, and the way to the rest. */
export function Foot({ queue, all }: Props) {
  const say = useText(words);
  const both = useText(common);
  const n = queue.items.length;
  const foot = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = queue;
  // The rest comes before one gets there; the button is for whoever does not scroll.
  useEffect(() => {
    if (foot.current === null || !hasNextPage || isFetchingNextPage) return;
    const near = new IntersectionObserver(
      (seen) => {
        if (seen.some((one) => one.isIntersecting)) void fetchNextPage();
      },
      { rootMargin: AHEAD },
    );
    near.observe(foot.current);
    return () => near.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (n === 0) return null;
  return (
    <div className="queue-foot" ref={foot}>
      <span>{say("shown", { n, all: Math.max(n, all ?? n) })}</span>
      {hasNextPage ? (
        <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
          {both("more")}
        </Button>
      ) : null}
    </div>
  );
}

export function Nothing({ filters }: { filters: Filters }) {
  const say = useText(words);
  const search = writeFilters(filters);
  const behind = filters.counted !== null || filters.rating !== null;
  const what =
    search === ""
      ? "empty_none"
      : search === "light=red"
        ? "empty_red"
        : behind
          ? "empty_behind"
          : "empty_filtered";
  return (
    <p className="nothing">
      {what === "empty_filtered" || behind ? <SearchOutlined aria-hidden /> : <Tick />}
      {say(what)}
    </p>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
      <circle cx="12" cy="12" r="11" fill="#dff1e6" />
      <path
        d="m7.2 12.4 3.3 3.3 6.3-7"
        stroke="#1c6b45"
        strokeWidth="2.2"
        fill="none"
        strokeLinecap="round"
      />
    </svg>
  );
}
