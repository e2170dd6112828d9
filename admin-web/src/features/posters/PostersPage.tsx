// Posters for the notice boards: the villages are chosen once, and each gets a sheet of its own.
import { PrinterOutlined } from "@ant-design/icons";
import { PAPER_SIZES, type PaperSize, pageRule, putRule } from "@yidiantong/client/paper";
import { NATIONAL_PHONE, type PosterLanguage } from "@yidiantong/client/poster";
import { Button, Form, Input, Radio, Select } from "antd";
import { useDeferredValue, useEffect, useState } from "react";
import { useText } from "../../lib/i18n";
import { covers, type Region, useChildren, useRegion, useRegionSearch } from "../../lib/regions";
import { printsPosters, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { Poster } from "./Poster";
import "./posters.css";
import { words } from "./words";

export function Component() {
  return printsPosters(useStaff().role) ? <Posters /> : <Forbidden />;
}

const LANGUAGES: readonly PosterLanguage[] = ["zh", "en", "both"];

function Posters() {
  const say = useText(words);
  const [chosen, setChosen] = useState<readonly Region[]>([]);
  const [size, setSize] = useState<PaperSize>("A4");
  const [language, setLanguage] = useState<PosterLanguage>("zh");
  const [phone, setPhone] = useState("");

  useEffect(() => {
    const sheet = document.styleSheets[0];
    return sheet === undefined ? undefined : putRule(sheet, pageRule({ size }));
  }, [size]);

  return (
    <div className="page-body posters">
      <PageHead title={say("title")} lead={say("lead")}>
        <Button
          type="primary"
          icon={<PrinterOutlined />}
          disabled={chosen.length === 0}
          onClick={() => window.print()}
        >
          {say("print", { n: chosen.length })}
        </Button>
      </PageHead>
      <Form layout="vertical" className="card posters-form">
        <Villages chosen={chosen} onChange={setChosen} />
        <Form.Item label={say("size")}>
          <Radio.Group
            optionType="button"
            value={size}
            onChange={(event) => setSize(event.target.value as PaperSize)}
            options={PAPER_SIZES.map((value) => ({ value, label: value }))}
          />
        </Form.Item>
        <Form.Item label={say("language")}>
          <Radio.Group
            optionType="button"
            value={language}
            onChange={(event) => setLanguage(event.target.value as PosterLanguage)}
            options={LANGUAGES.map((value) => ({ value, label: say(value) }))}
          />
        </Form.Item>
        <Form.Item
          label={say("phone")}
          htmlFor="poster-phone"
          extra={say("phone_hint", { phone: NATIONAL_PHONE })}
        >
          <Input
            id="poster-phone"
            value={phone}
            maxLength={20}
            onChange={(event) => setPhone(event.target.value)}
          />
        </Form.Item>
      </Form>
      <section className={`posters-sheets ${size.toLowerCase()}`} aria-label={say("preview")}>
        {chosen.length === 0 ? <p className="quiet">{say("none")}</p> : null}
        {chosen.map((village) => (
          <Poster key={village.code} village={village} language={language} phone={phone.trim()} />
        ))}
      </section>
    </div>
  );
}

/** By name, as many as wanted, or a whole township at once; only within one's own reach. */
function Villages(props: { chosen: readonly Region[]; onChange: (chosen: readonly Region[]) => void }) {
  const { chosen, onChange } = props;
  const say = useText(words);
  const own = useStaff().region_code;
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const here = useRegion(own).data;
  const found = useRegionSearch(q);
  // A county's people choose a township first; whoever works in one has it already.
  const towns = useChildren(here?.level === "county" ? own : null).data?.items ?? [];
  const [picked, setPicked] = useState<string | null>(null);
  const town = here === undefined ? null : (townOf(here) ?? picked);
  const inside = useChildren(town).data?.items.filter(({ level }) => level === "village") ?? [];
  const townName = [...towns, ...(here === undefined ? [] : [here, ...here.path])].find(
    ({ code }) => code === town,
  )?.short_name;
  const list = (q === "" ? inside : (found.data?.items ?? [])).filter(
    ({ code, level }) => level === "village" && covers(own, code),
  );
  const known = [...list, ...chosen.filter((one) => !list.some(({ code }) => code === one.code))];
  return (
    <Form.Item label={say("villages")} htmlFor="poster-villages" className="posters-villages">
      {towns.length === 0 ? null : (
        <Select
          value={picked}
          onChange={setPicked}
          aria-label={say("town")}
          placeholder={say("town")}
          showSearch={{ optionFilterProp: "label" }}
          options={towns.map(({ code, short_name }) => ({ value: code, label: short_name }))}
        />
      )}
      <Select
        id="poster-villages"
        mode="multiple"
        value={chosen.map(({ code }) => code)}
        placeholder={say("find")}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        onChange={(codes: string[]) => onChange(known.filter(({ code }) => codes.includes(code)))}
        options={known.map(({ code, short_name }) => ({ value: code, label: short_name }))}
      />
      <div className="posters-all">
        {inside.length === 0 || townName === undefined ? null : (
          <Button onClick={() => onChange(joined(chosen, inside))}>{say("all", { town: townName })}</Button>
        )}
        {chosen.length === 0 ? null : <Button onClick={() => onChange([])}>{say("clear")}</Button>}
      </div>
    </Form.Item>
  );
}

/** Both, each village once: township after township is added to what is there. */
const joined = (one: readonly Region[], other: readonly Region[]): Region[] => [
  ...one,
  ...other.filter(({ code }) => !one.some((known) => known.code === code)),
];

/** The township that a place is or lies in. */
function townOf(place: Region): string | null {
  if (place.level === "township") return place.code;
  return place.path.find(({ level }) => level === "township")?.code ?? null;
}
