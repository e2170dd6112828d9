// The poster of a village, for the notice board and the shop's door.
import { POSTER, poster } from "@yidiantong/client/poster";
import { useRoute } from "preact-iso";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { within } from "../../lib/place";
import { readRegion } from "../../lib/reads";
import { Paper } from "../../ui/Paper";
import { Loaded } from "../../ui/states";

const words = {
  zh: { label: (village: string) => `${village}的海报` },
  en: { label: (village: string) => `Poster of ${village}` },
};

export default function PosterPage() {
  const say = useWords(words);
  const language = useLanguage();
  const { village: code = "" } = useRoute().params;
  const region = useLoad(() => readRegion(code), [code]);
  return (
    <Paper back={`/v/${code}`}>
      <Loaded of={region} lines={6}>
        {(village) => (
          <svg
            class="poster"
            viewBox={`0 0 ${POSTER.width} ${POSTER.height}`}
            role="img"
            aria-label={say.label(village.short_name)}
          >
            {poster({
              village: village.short_name,
              within: within(village),
              url: `${location.origin}/v/${code}`,
              language,
            }).map(({ tag: Tag, attrs, text }, at) => (
              <Tag key={at} {...attrs}>
                {text}
              </Tag>
            ))}
          </svg>
        )}
      </Loaded>
    </Paper>
  );
}
