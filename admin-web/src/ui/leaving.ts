// Asks before a page is left on which something would be lost: by a link or the back button, by logging out, and,
// in the browser's own words, by a reload or a closed tab.
import { App } from "antd";
import { useCallback, useEffect, useRef } from "react";
import { useBlocker } from "react-router";
import { useText } from "../lib/i18n";
import { currentSession } from "../lib/session";
import { uiWords } from "./words";

/** What would be lost, in plain words. */
export interface Loss {
  title: string;
  text: string;
}

type Ask = (leave: () => void, stay?: () => void) => void;

/** Of the page that is open, while something on it would be lost. */
let asks: Ask | null = null;

/** For what leaves a page without going to another one: asks first when something would be lost. */
export function beforeLeaving(leave: () => void): void {
  if (asks === null) leave();
  else asks(leave);
}

/** While `on`, the browser asks before a reload or before the tab is closed. */
export function useReloadGuard(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [on]);
}

/** The question, and what the two answers do. */
function useAsk({ title, text }: Loss): Ask {
  const say = useText(uiWords);
  const { modal } = App.useApp();
  return useCallback<Ask>(
    (leave, stay) => {
      modal.confirm({
        title,
        content: text,
        okText: say("leave"),
        okButtonProps: { danger: true },
        onOk: leave,
        cancelText: say("stay"),
        // Enter, Esc and a click beside it all stay: nothing is lost by a slip.
        autoFocusButton: "cancel",
        ...(stay === undefined ? {} : { onCancel: stay }),
      });
    },
    [modal, title, text, say],
  );
}

/** While `on`, logging out, a reload and a closed tab ask first: for what outlives going to another page. */
export function useOutGuard(on: boolean, loss: Loss): void {
  const ask = useAsk(loss);
  useEffect(() => {
    if (!on) return;
    asks = ask;
    return () => {
      asks = null;
    };
  }, [on, ask]);
  useReloadGuard(on);
}

/**
 * While `on`, nobody leaves the page without having said so. One at a time: the router knows one such question.
 * The answer lets go, for a button that itself says that all of it is given up.
 */
export function useLeaveGuard(on: boolean, loss: Loss): () => void {
  const letGo = useRef(false);
  const ask = useAsk(loss);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      on &&
      !letGo.current &&
      // Who is out must come to the login whatever is on the page.
      currentSession().status !== "out" &&
      currentLocation.pathname !== nextLocation.pathname,
  );
  const asked = useRef(false);
  useEffect(() => {
    if (blocker.state !== "blocked" || asked.current) return;
    asked.current = true;
    ask(
      () => {
        asked.current = false;
        blocker.proceed();
      },
      () => {
        asked.current = false;
        blocker.reset();
      },
    );
  }, [blocker, ask]);
  useOutGuard(on, loss);
  return useCallback(() => {
    letGo.current = true;
  }, []);
}
