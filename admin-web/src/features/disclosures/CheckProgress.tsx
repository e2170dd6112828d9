// How far a check is: the bytes that have left, then how long the server has been at it. It can be given up.
import { Button } from "antd";
import { useEffect, useState } from "react";
import type { Sent } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { progressWords } from "./importWords";

interface Props {
  sent: Sent | null;
  /** Bytes of the file. */
  size: number;
  onCancel: () => void;
}

const bytes = (n: number): string =>
  n < 1024 * 1024 ? `${Math.ceil(n / 1024)} KB` : `${(n / 1024 / 1024).toFixed(1)} MB`;

export function CheckProgress({ sent, size, onCancel }: Props) {
  const say = useText(progressWords);
  const seconds = useSeconds();
  const all = sent?.total ?? size;
  const there = sent?.loaded ?? 0;
  const done = sent !== null && there >= all;
  return (
    <section className="card disc-progress" aria-labelledby="disc-progress">
      <strong id="disc-progress" role="status">
        {say(done ? "checking" : "sending")}
      </strong>
      <progress max={Math.max(all, 1)} value={there} aria-labelledby="disc-progress" />
      <span className="disc-quiet">
        {say("sent", { sent: bytes(there), size: bytes(all) })} · {say("seconds", { n: seconds })}
      </span>
      <Button onClick={onCancel}>{say("cancel")}</Button>
    </section>
  );
}

/** Since this is shown. */
function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const clock = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(clock);
  }, []);
  return seconds;
}
