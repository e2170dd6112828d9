// Which kind of matter a published table is, as the form asks for it.
const OTHER_THAN_ACCOUNTS: Readonly<Record<string, string>> = {
  assets: "assets_resources",
  resource_contracts: "assets_resources",
  projects: "projects",
  benefit_payments: "benefits",
};

export const categoryOfKind = (kind: string): string => OTHER_THAN_ACCOUNTS[kind] ?? "accounts";
