// Where in the queue somebody was, so that the way back from a case leads there.
let search = "";
let chosen: string | null = null;

export const queuePlace = {
  /** The address of the queue as it was last seen. */
  address: (): string => `/${search}`,
  /** The row chosen last. */
  chosen: (): string | null => chosen,
  seen(at: string): void {
    search = at;
  },
  choose(id: string | null): void {
    chosen = id;
  },
};
