import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { $admin } from "../lib/api";
import { useText } from "../lib/i18n";
import { uiWords } from "./words";

interface Props {
  id?: string;
  value?: string;
  onChange?: (id: string | undefined) => void;
  /** Only accounts in this state; then none may be chosen, too. */
  state?: "invited" | "active" | "disabled";
}

/** Somebody of one's region by name; for roles that may list accounts. Gives the account's number. */
export function StaffSelect({ id, value, onChange, state }: Props) {
  const say = useText(uiWords);
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  /** Who was chosen keeps the name when the list shows others. */
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const query = { limit: 50, ...(q === "" ? {} : { q }), ...(state === undefined ? {} : { state }) };
  const found = $admin.useQuery("get", "/api/v1/admin/staff", { params: { query } });
  // By name: the server's order is by when an account was opened, which nobody who looks for a person knows.
  const options = (found.data?.items ?? [])
    .map((one) => ({
      value: one.id as string,
      label: `${one.display_name}（${one.username}）· ${one.organisation_name}`,
    }))
    .sort((one, other) => one.label.localeCompare(other.label, "zh-CN"));
  const lost = chosen !== null && chosen.value === value && !options.some((one) => one.value === value);
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      {...(value === undefined ? {} : { value })}
      allowClear={state !== undefined}
      onChange={(next: string | undefined) => {
        setChosen(options.find((one) => one.value === next) ?? null);
        onChange?.(next);
      }}
      placeholder={say("choose_staff")}
      loading={found.isPending}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent={say(found.isPending ? "looking" : found.isError ? "staff_failed" : "no_staff")}
      options={lost ? [chosen, ...options] : options}
    />
  );
}
