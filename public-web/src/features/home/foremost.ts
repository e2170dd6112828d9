// What a village is asked for most stands first: where to build, help in need, the stamp. A county may name its items
// otherwise; then its own order holds.
const FOREMOST = ["homestead", "relief-application", "seal-use"];

export function foremost<T extends { code: string }>(items: readonly T[], shown: number): T[] {
  const first = FOREMOST.flatMap((code) => items.find((item) => item.code === code) ?? []);
  return [...first, ...items.filter((item) => !first.includes(item))].slice(0, shown);
}
