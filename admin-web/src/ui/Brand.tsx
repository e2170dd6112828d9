import { useText } from "../lib/i18n";
import { common } from "../lib/i18n/common";

export function Brand() {
  const say = useText(common);
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect x=".5" y=".5" width="31" height="31" rx="7.5" fill="#f7f4ec" stroke="#ddd8ca" />
        <circle cx="21.5" cy="10.5" r="3.5" fill="#f2b441" />
        <path d="M4 23c5-7 9-8 13-3 3-4 7-5 11-1v4a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5z" fill="#12594e" />
      </svg>
      <span>
        {say("product")}
        <small>{say("workplace")}</small>
      </span>
    </span>
  );
}
