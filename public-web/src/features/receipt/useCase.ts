// One case by its code: the view, what stands around it, news, and doing things to it.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ask, Problem } from "../../lib/api";
import { viewAtHand } from "../../lib/filed";
import { type Load, useLoad } from "../../lib/load";
import {
  type Categories,
  type Policy,
  type Region,
  readCategories,
  readPolicy,
  readRegion,
} from "../../lib/reads";
import { act, type Deed, look } from "./api";
import type { Receipt } from "./timeline";

/** What makes the words better and is not waited for in vain: any of it may be missing. */
export interface Around {
  region: Region | null;
  policy: Policy["policy"] | null;
  categories: Categories["categories"];
  /** The case clock. */
  now: number;
}

export interface Case {
  /** The receipt code, for what is asked later. */
  code: string;
  view: Receipt;
  around: Around;
  /** The last thing done here, for the words that tell of it. */
  done: Deed["action"] | "refresh" | null;
  busy: boolean;
  problem: Problem | null;
  /** Resolves to whether it was done. */
  act: (deed: Deed) => Promise<boolean>;
  refresh: () => Promise<void>;
}

const orNull = <T>(value: T | Promise<T>): Promise<T | null> => Promise.resolve(value).catch(() => null);

async function surroundings(view: Receipt): Promise<Around> {
  const [region, policy, categories, time] = await Promise.all([
    orNull(readRegion(view.region_code)),
    orNull(readPolicy(view.region_code)),
    orNull(readCategories()),
    orNull(ask((api, signal) => api.GET("/api/v1/time", { signal }))),
  ]);
  return {
    region,
    policy: policy?.policy ?? null,
    categories: categories?.categories ?? [],
    now: time === null ? Date.now() : Date.parse(time.case_time),
  };
}

interface Opened {
  view: Receipt;
  around: Around;
}

async function open(code: string): Promise<Opened> {
  const view = viewAtHand(code) ?? (await look(code));
  return { view, around: await surroundings(view) };
}

export function useOpened(code: string): Load<Opened> {
  return useLoad(() => open(code), [code]);
}

export function useCase(code: string, opened: Opened): Case {
  const [now, setNow] = useState(opened);
  const [done, setDone] = useState<Case["done"]>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);

  const put = useCallback(async (view: Receipt) => {
    setNow({ view, around: await surroundings(view) });
  }, []);

  const once = useCallback(async (work: () => Promise<void>): Promise<boolean> => {
    // A second tap may come before the button is drawn as waiting.
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (reason) {
      setDone(null);
      setProblem(reason instanceof Problem ? reason : new Problem("server"));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);

  const refresh = useCallback(async () => {
    await once(async () => {
      await put(await look(code));
      setDone("refresh");
    });
  }, [code, once, put]);

  // Who comes back to the page wants to know how it stands now.
  useEffect(() => {
    const back = () => {
      if (document.visibilityState !== "visible" || running.current) return;
      look(code).then(put, () => undefined);
    };
    document.addEventListener("visibilitychange", back);
    return () => document.removeEventListener("visibilitychange", back);
  }, [code, put]);

  return {
    code,
    view: now.view,
    around: now.around,
    done,
    busy,
    problem,
    refresh,
    act: (deed) =>
      once(async () => {
        try {
          await put(await act(code, now.view, deed));
        } catch (reason) {
          // Somebody else was faster: what is possible now is another thing.
          if (reason instanceof Problem && reason.code === "illegal_state") {
            await look(code).then(put, () => undefined);
          }
          throw reason;
        }
        setDone(deed.action);
      }),
  };
}
