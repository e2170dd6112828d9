import { useWords } from "../../lib/i18n";
import { Page } from "../../ui/Page";

const words = { zh: { title: "查办理进度" }, en: { title: "Follow a concern" } };

export default function ReceiptPage() {
  const say = useWords(words);
  return <Page title={say.title} back="/" />;
}
