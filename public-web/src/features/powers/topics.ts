import type { PowerRow } from "../../lib/reads";

/** In the order of the list itself: the county has put it so. */
export function byTopic(items: readonly PowerRow[]): Map<string, PowerRow[]> {
  const topics = new Map<string, PowerRow[]>();
  for (const item of items) topics.set(item.category, [...(topics.get(item.category) ?? []), item]);
  return topics;
}
