import { SearchOutlined } from "@ant-design/icons";
import { formatInstant } from "@yidiantong/client";
import { Input, type InputRef } from "antd";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useLanguage, useText } from "../../lib/i18n";
import { supervisesComplaints, useStaff } from "../../lib/session";
import { chinaYear, weekday } from "../../lib/time";
import type { Filters } from "./filters";
import { words } from "./words";

const TYPED_MS = 300;

interface Props {
  filters: Filters;
  change: (next: Partial<Filters>) => void;
  search: RefObject<HTMLInputElement | null>;
  now: number;
  keysOn: boolean;
  onHelp: () => void;
}

export function QueueBar({ filters, change, search, now, keysOn, onHelp }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const { role } = useStaff();
  const day = formatInstant(new Date(now).toISOString(), language, chinaYear(now));
  const [date, clock] = [day.slice(0, -6), day.slice(-5)];
  return (
    <header className="queue-bar">
      <h1 tabIndex={-1}>{say("title")}</h1>
      <Search
        value={filters.q}
        onSearch={(q) => change({ q })}
        input={search}
        label={say(supervisesComplaints(role) ? "search_text" : "search_number")}
        hint={keysOn}
      />
      {keysOn ? (
        <p className="key-hints" aria-hidden="true">
          <kbd>J</kbd>
          <kbd>K</kbd> {say("key_move")} <kbd>Enter</kbd> {say("key_open")}
        </p>
      ) : null}
      <button type="button" className="key-all" onClick={onHelp}>
        <kbd>?</kbd> {say("key_all")}
      </button>
      <time className="now">
        {language === "en" ? `${weekday(now, language)} ${date}` : `${date} ${weekday(now, language)}`}{" "}
        {clock}
      </time>
    </header>
  );
}

interface SearchProps {
  value: string;
  onSearch: (q: string) => void;
  input: RefObject<HTMLInputElement | null>;
  label: string;
  hint: boolean;
}

/** Searches when the typing rests, and never in the middle of composing a character. */
function Search({ value, onSearch, input, label, hint }: SearchProps) {
  const [typed, setTyped] = useState(value);
  const composing = useRef(false);
  const latest = useRef(onSearch);
  latest.current = onSearch;
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed.trim() === value.trim()) return;
    const timer = setTimeout(() => {
      if (!composing.current) latest.current(typed);
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <Input
      ref={(ref: InputRef | null) => {
        input.current = ref?.input ?? null;
      }}
      className="queue-search"
      type="search"
      prefix={<SearchOutlined aria-hidden />}
      suffix={hint ? <kbd>/</kbd> : <span />}
      placeholder={label}
      aria-label={label}
      allowClear
      maxLength={100}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={(event) => {
        composing.current = false;
        latest.current(event.currentTarget.value);
      }}
      onPressEnter={(event) => {
        if (!event.nativeEvent.isComposing) latest.current(typed);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        // First it is emptied, then it is left.
        event.preventDefault();
        if (typed === "") return event.currentTarget.blur();
        setTyped("");
        latest.current("");
      }}
    />
  );
}
