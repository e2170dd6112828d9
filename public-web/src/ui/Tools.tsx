// Text size and language, in the same corner of every page.
import { useEffect, useRef, useState } from "preact/hooks";
import { setLanguage, useLanguage, useWords } from "../lib/i18n";
import { setTextSize, TEXT_SIZES, type TextSize, useTextSize } from "../lib/settings";
import { Icon } from "./Icon";

const words = {
  zh: {
    size: "大字",
    choose: "字的大小",
    sizes: { 18: "标准", 22: "大", 26: "很大", 30: "最大" } satisfies Record<TextSize, string>,
    close: "收起",
    other: "EN",
    otherLong: "English",
  },
  en: {
    size: "Text",
    choose: "Text size",
    sizes: { 18: "Normal", 22: "Large", 26: "Larger", 30: "Largest" } satisfies Record<TextSize, string>,
    close: "Close",
    other: "中文",
    otherLong: "中文",
  },
};

export function Tools() {
  const say = useWords(words);
  const language = useLanguage();
  const size = useTextSize();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const root = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    const away = (event: Event) => {
      if (event.target instanceof Node && root.current?.contains(event.target)) return;
      setOpen(false);
    };
    const closeByKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      opener.current?.focus();
    };
    addEventListener("pointerdown", away);
    addEventListener("keydown", closeByKey);
    return () => {
      removeEventListener("pointerdown", away);
      removeEventListener("keydown", closeByKey);
    };
  }, [open]);

  return (
    <div class="tools" ref={root}>
      <button ref={opener} type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {say.size}
      </button>
      <button
        type="button"
        lang={language === "en" ? "zh-CN" : "en"}
        aria-label={say.otherLong}
        onClick={() => setLanguage(language === "en" ? "zh" : "en")}
      >
        {say.other}
      </button>
      {open ? (
        <fieldset class="sizes">
          <legend>{say.choose}</legend>
          {TEXT_SIZES.map((each) => (
            <label key={each} class={`size s${each}`}>
              <input
                type="radio"
                name="text-size"
                checked={each === size}
                onChange={() => setTextSize(each)}
              />
              <span>{say.sizes[each]}</span>
            </label>
          ))}
          <button type="button" class="close" onClick={() => setOpen(false)}>
            <Icon name="close" size={1} />
            {say.close}
          </button>
        </fieldset>
      ) : null}
    </div>
  );
}
