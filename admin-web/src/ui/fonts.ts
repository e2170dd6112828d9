/** The fonts of the staff web, none of which is fetched. */
export const FONTS =
  '"HarmonyOS Sans SC", "PingFang SC", MiSans, "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif';
