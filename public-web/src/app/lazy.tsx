// A page whose code comes when it is first opened. While it is under way, and when it does not come, the
// reader sees the same states as for anything else.
import type { ComponentType } from "preact";
import { useLoad } from "../lib/load";
import { Problem } from "../lib/problem";
import { Page } from "../ui/Page";
import { Failed, Skeleton } from "../ui/states";

interface Module {
  default: ComponentType;
}

export interface LazyPage {
  Page: ComponentType;
  preload: () => Promise<void>;
}

export function lazyPage(load: () => Promise<Module>): LazyPage {
  let found: ComponentType | undefined;
  let running: Promise<ComponentType> | undefined;
  const fetchIt = () => {
    running ??= load().then(
      (module) => {
        found = module.default;
        return found;
      },
      () => {
        running = undefined;
        throw new Problem(navigator.onLine ? "unreachable" : "offline");
      },
    );
    return running;
  };
  const Arriving = () => {
    const load = useLoad<ComponentType>(() => found ?? fetchIt(), []);
    if (load.state === "ready") {
      const Ready = load.data;
      return <Ready />;
    }
    // Browsers remember a module that failed, and a new version may have taken the place of this one: only
    // opening the document again helps.
    return (
      <Page title="" back="/">
        {load.state === "loading" ? (
          <Skeleton shown={load.shown} slow={load.slow} lines={4} />
        ) : (
          <Failed problem={load.problem} retry={() => location.reload()} />
        )}
      </Page>
    );
  };
  return {
    Page: () => (found === undefined ? <Arriving /> : <Found page={found} />),
    preload: () => fetchIt().then(() => undefined),
  };
}

const Found = ({ page: Ready }: { page: ComponentType }) => <Ready />;
