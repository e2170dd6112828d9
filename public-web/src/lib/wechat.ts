/** WeChat's own browser: it saves no file and prints nothing. */
export const inWeChat = (): boolean => /MicroMessenger/i.test(navigator.userAgent);
