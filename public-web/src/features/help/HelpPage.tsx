import { useWords } from "../../lib/i18n";
import { Page } from "../../ui/Page";

const words = { zh: { title: "帮助" }, en: { title: "Help" } };

export default function HelpPage() {
  const say = useWords(words);
  return <Page title={say.title} back="/" />;
}
