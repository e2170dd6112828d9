import { QueryClient } from "@tanstack/react-query";
import { onLanguage } from "../lib/i18n/language";
import { ApiError } from "../lib/problem";

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Only what may go better by itself; the rest is told at once.
      retry: (count, error) =>
        count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

// Names and problems come in the language of the asking.
onLanguage(() => {
  void queries.invalidateQueries();
});
