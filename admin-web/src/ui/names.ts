// A demonstration marks the names of its people; the mark stands once, beside the brand, and not in every name.
const DEMO = "演示·";

export const isDemoName = (name: string): boolean => name.startsWith(DEMO);
export const plainName = (name: string): string => (isDemoName(name) ? name.slice(DEMO.length) : name);
