// The poster of a village, for the notice board and the shop's door.
import { POSTER, poster } from "@yidiantong/client/poster";
import { useRoute } from "preact-iso";
import { useLanguage, useWords } from "../../lib/i18n";
import { limitWords } from "../../lib/limits";
import { useLoad } from "../../lib/load";
import { within } from "../../lib/place";
import { type Policy, type Region, readPolicy, readRegion } from "../../lib/reads";
import { Paper } from "../../ui/Paper";
import { Loaded } from "../../ui/states";

const words = {
  zh: { label: (village: string) => `${village}的海报` },
  en: { label: (village: string) => `Poster of ${village}` },
};

/** The poster stands without the limit too: nobody's notice board waits for it. */
async function readWhole(code: string): Promise<{ village: Region; policy: Policy["policy"] | null }> {
  const policy = Promise.resolve(readPolicy(code)).catch(() => null);
  return { village: await readRegion(code), policy: (await policy)?.policy ?? null };
}

/** How long an answer to a complaint may take. */
function answerOf(policy: Policy["policy"] | null) {
  const limit = policy?.per_kind.complaint?.handle ?? policy?.stages.handle;
  return limit === undefined ? {} : { answer: { zh: limitWords(limit, "zh"), en: limitWords(limit, "en") } };
}

export default function PosterPage() {
  const say = useWords(words);
  const language = useLanguage();
  const { village: code = "" } = useRoute().params;
  const whole = useLoad(() => readWhole(code), [code]);
  return (
    <Paper
      name={whole.state === "ready" ? say.label(whole.data.village.short_name) : undefined}
      back={`/v/${code}`}
    >
      <Loaded of={whole} lines={6}>
        {({ village, policy }) => (
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
              ...answerOf(policy),
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
