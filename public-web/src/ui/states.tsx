// Waiting, nothing there, went wrong, no network: drawn once, for every page.
import type { ComponentChildren } from "preact";
import { useWords } from "../lib/i18n";
import { useKeptPart } from "../lib/line";
import type { Load } from "../lib/load";
import { ANYTHING } from "../lib/phones";
import type { Problem } from "../lib/problem";
import { Icon, type IconName } from "./Icon";
import { Button, ButtonLink } from "./parts";

const words = {
  zh: {
    loading: "正在加载",
    slow: "网络有点慢，还在加载…",
    retry: "再试一次",
    offline: "现在没有网络",
    offlineHint: "连上网以后会自动再试，您也可以点下面再试。",
    timeout: "等了很久没有回音",
    timeoutHint: "可能是网络慢。请换个信号好的地方再试一次。",
    unreachable: "连不上服务器",
    unreachableHint: "请看看手机网络开着没有，再试一次。",
    part: "这一部分没有存在手机里",
    partHint: "现在连不上网。连上以后会自动再试，您也可以点下面再试。",
    pageHint: "这一页没有存在手机里，连上网才能看。会自动再试，您也可以点下面再试。",
    busy: "现在用的人多",
    busyHint: (seconds: number | null) =>
      seconds === null ? "请过一会儿再试。" : `请过 ${seconds} 秒再试。`,
    notFound: "没有找到",
    notFoundHint: "可能还没有公布，或者地址不对。",
    home: "回首页",
    server: "这里没能打开",
    serverHint: "是我们这边出了错，不是您的手机。请再试一次。",
    call: `急的话，打 ${ANYTHING} 问`,
    request: (id: string) => `还不行的话，请把这个编号告诉工作人员：${id}`,
  },
  en: {
    loading: "Loading",
    slow: "The network is slow, still loading…",
    retry: "Try again",
    offline: "You are offline",
    offlineHint: "We try again by ourselves once you are back online, or tap below.",
    timeout: "No answer for a long time",
    timeoutHint: "The network may be slow. Please try again where the signal is better.",
    unreachable: "The server cannot be reached",
    unreachableHint: "Please check that the phone's network is on, then try again.",
    part: "This part is not kept on the phone",
    partHint: "There is no connection now. We try again by ourselves once there is one, or tap below.",
    pageHint:
      "This page is not kept on the phone and needs a connection. We try again by ourselves, or tap below.",
    busy: "Many people are using this now",
    busyHint: (seconds: number | null) =>
      seconds === null ? "Please try again in a moment." : `Please try again in ${seconds} seconds.`,
    notFound: "Not found",
    notFoundHint: "It may not have been published yet, or the address is wrong.",
    home: "To the front page",
    server: "This could not be opened",
    serverHint: "The fault is ours, not your phone's. Please try again.",
    call: `If it is urgent, call ${ANYTHING}`,
    request: (id: string) => `If it keeps failing, tell the staff this number: ${id}`,
  },
};

/** Grey places of about the height of what will come, so that nothing jumps. */
export function Skeleton({
  lines = 3,
  shown = true,
  slow = false,
}: {
  lines?: number;
  shown?: boolean;
  slow?: boolean;
}) {
  const say = useWords(words);
  return (
    <div class={`skeleton ${shown ? "shown" : ""}`} role="status">
      {shown ? <span class={slow ? "slow" : "sr"}>{slow ? say.slow : say.loading}</span> : null}
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <i key={line} aria-hidden="true" />
      ))}
    </div>
  );
}

/** Why there is nothing, and what to do next. */
export function Empty(props: {
  icon?: IconName;
  title: string;
  children?: ComponentChildren;
  role?: "status";
}) {
  return (
    <div class="state" role={props.role}>
      <Icon name={props.icon ?? "info"} size={2.2} />
      <p class="strong">{props.title}</p>
      {props.children}
    </div>
  );
}

/** What went wrong, what to do, and the way to do it. */
export function Failed({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const say = useWords(words);
  const kept = useKeptPart();
  const [title, hint] = explain(problem, say, kept);
  const again = retry !== undefined && problem.passing;
  return (
    <div class={`state ${problem.kind === "offline" ? "calm" : ""}`} role="alert">
      <Icon name={problem.kind === "offline" ? "offline" : "warn"} size={2.2} />
      <p class="strong">{title}</p>
      {hint === "" ? null : <p>{hint}</p>}
      {again ? <Button onClick={retry}>{say.retry}</Button> : null}
      {problem.passing ? <a href={`tel:${ANYTHING}`}>{say.call}</a> : null}
      {problem.kind === "not_found" ? <ButtonLink href="/">{say.home}</ButtonLink> : null}
      {problem.kind === "server" && problem.requestId !== null ? (
        <p class="cap">{say.request(problem.requestId)}</p>
      ) : null}
    </div>
  );
}

type Say = (typeof words)["zh"];
type Told = readonly [title: string, hint: string];

function explain(problem: Problem, say: Say, kept: ReturnType<typeof useKeptPart>): Told {
  switch (problem.kind) {
    case "offline":
      return ofLine(say.offline, say.offlineHint, say, kept);
    case "timeout":
      return ofLine(say.timeout, say.timeoutHint, say, kept);
    case "unreachable":
      return ofLine(say.unreachable, say.unreachableHint, say, kept);
    case "busy":
      return [say.busy, say.busyHint(problem.retryAfter)];
    case "not_found":
      // What was there and was taken down says so, in the API's words.
      return problem.status === 410 && problem.title !== ""
        ? [problem.title, problem.detail === problem.title ? "" : problem.detail]
        : [say.notFound, say.notFoundHint];
    case "refused":
      // The API's own words are written for readers, in their language.
      return [problem.title || say.server, problem.detail || say.serverHint];
    case "server":
      return [say.server, say.serverHint];
  }
}

/** Beside what this phone had kept, "cannot be reached" would belie it: what is missing is said instead. */
function ofLine(title: string, hint: string, say: Say, kept: ReturnType<typeof useKeptPart>): Told {
  if (kept === null) return [title, hint];
  return kept === "frame" ? [title, say.pageHint] : [say.part, say.partHint];
}

/** Draws whichever state a load is in; only `ready` is left to the page. */
export function Loaded<T>(props: { of: Load<T>; lines?: number; children: (data: T) => ComponentChildren }) {
  const { of, lines } = props;
  if (of.state === "ready") return <>{props.children(of.data)}</>;
  if (of.state === "loading") {
    return <Skeleton shown={of.shown} slow={of.slow} {...(lines === undefined ? {} : { lines })} />;
  }
  return <Failed problem={of.problem} retry={of.retry} />;
}
