import { useWords } from "../../lib/i18n";
import { Page } from "../../ui/Page";

const words = { zh: { title: "办事清单" }, en: { title: "Rules" } };

export default function ListPage() {
  const say = useWords(words);
  return <Page title={say.title} back="/" />;
}
