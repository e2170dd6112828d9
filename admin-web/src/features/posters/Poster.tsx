import { POSTER, type PosterLanguage, poster, type Shape } from "@yidiantong/client/poster";
import { createElement } from "react";
import { useText } from "../../lib/i18n";
import type { Region } from "../../lib/regions";
import { words } from "./words";

export function Poster(props: { village: Region; language: PosterLanguage; phone: string }) {
  const { village, language, phone } = props;
  const say = useText(words);
  const within = village.path
    .filter(({ level }) => level === "county" || level === "township")
    .map(({ short_name }) => short_name)
    .join(" ");
  const shapes = poster({
    village: village.short_name,
    within,
    url: `${location.origin}/v/${village.code}`,
    language,
    ...(phone === "" ? {} : { phone }),
  });
  return (
    <svg
      className="poster"
      viewBox={`0 0 ${POSTER.width} ${POSTER.height}`}
      role="img"
      aria-label={say("one", { village: village.short_name })}
    >
      {shapes.map(({ tag, attrs, text }, at) => createElement(tag, { ...asReact(attrs), key: at }, text))}
    </svg>
  );
}

/** `font-size` is `fontSize` here. */
const asReact = (attrs: Shape["attrs"]): Shape["attrs"] =>
  Object.fromEntries(
    Object.entries(attrs).map(([name, value]) => [
      name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
