// Kinds of disclosure, said the same to villagers.
import { disclosureKinds } from "@yidiantong/client";
import { dictionary } from "../lib/i18n";

export const kindWords = dictionary(
  Object.fromEntries(Object.entries(disclosureKinds).map(([kind, { zh, en }]) => [kind, [zh, en]])) as Record<
    keyof typeof disclosureKinds,
    [string, string]
  >,
);
