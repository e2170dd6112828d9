import { useWords } from "../../lib/i18n";
import { Page } from "../../ui/Page";

const words = { zh: { title: "找到您的村" }, en: { title: "Find your village" } };

export default function FindPage() {
  const say = useWords(words);
  return <Page title={say.title} back="/" />;
}
