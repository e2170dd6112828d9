import { useWords } from "../../lib/i18n";
import { Page } from "../../ui/Page";

const words = { zh: { title: "我要反映问题" }, en: { title: "Raise a concern" } };

export default function FilingPage() {
  const say = useWords(words);
  return <Page title={say.title} back="/" />;
}
