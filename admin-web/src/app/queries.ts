import { QueryClient } from "@tanstack/react-query";
import { onLanguage } from "../lib/i18n/language";
import { currentLine, onLine } from "../lib/line";
import { ApiError } from "../lib/problem";

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // Whether there is a line is found out by asking (lib/line.ts), not from the browser: nothing waits unsaid.
      networkMode: "always",
      staleTime: 10_000,
      // Only what may go better by itself; the rest is told at once.
      retry: (count, error) =>
        count < 2 &&
        !currentLine().cut &&
        error instanceof ApiError &&
        (error.status === 0 || error.status >= 502),
      refetchOnWindowFocus: true,
    },
    // What could not be sent is not sent later, when nobody thinks of it any more.
    mutations: { networkMode: "always", retry: false },
  },
});

// Names and problems come in the language of the asking.
onLanguage(() => {
  void queries.invalidateQueries();
});

// What is shown is as old as the cut: all of it is asked for anew.
onLine(() => {
  if (!currentLine().cut) void queries.invalidateQueries();
});
