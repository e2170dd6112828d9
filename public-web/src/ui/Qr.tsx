import { qrOf } from "@yidiantong/client/paper";
import { useWords } from "../lib/i18n";

const words = {
  zh: { label: "打开这一页的二维码" },
  en: { label: "QR code that opens this page" },
};

/** The address as a code to be scanned from paper. */
export function Qr({ url }: { url: string }) {
  const say = useWords(words);
  const { path, size } = qrOf(url, "Q");
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={say.label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}
