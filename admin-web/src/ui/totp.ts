// The six digits of an authenticator app as people type them: with a gap, or full-width from a Chinese keyboard.
export const TOTP_PATTERN = /^\s*\d{3}\s*\d{3}\s*$/;

/** For a form's item: what was typed, in plain digits. */
export const halfWidth = (typed: string | undefined): string => (typed ?? "").normalize("NFKC");
