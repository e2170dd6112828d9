import { useWords } from "../../lib/i18n";
import { Page } from "../../ui/Page";

const words = { zh: { title: "账目" }, en: { title: "Accounts" } };

export default function AccountsPage() {
  const say = useWords(words);
  return <Page title={say.title} back="/" />;
}
