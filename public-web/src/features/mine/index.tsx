import { useWords } from "../../lib/i18n";
import { Page } from "../../ui/Page";

const words = { zh: { title: "我的反映" }, en: { title: "My concerns" } };

export default function MinePage() {
  const say = useWords(words);
  return <Page title={say.title} back="/" />;
}
