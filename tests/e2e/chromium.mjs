// Debian's Chromium, as every program here starts it.
export const CHROMIUM = {
  executablePath: process.env.YDT_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
/** A phone of the size most villagers hold. */
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
export const HERE = { locale: "zh-CN", timezoneId: "Asia/Shanghai" };
