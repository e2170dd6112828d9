import { CheckCircleFilled, EyeInvisibleOutlined, HourglassOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useText } from "../../lib/i18n";
import type { Voucher } from "./vouchers";
import { voucherWords } from "./voucherWords";

const SHAPES: Record<Voucher["state"], ReactNode> = {
  uploaded: <EyeInvisibleOutlined aria-hidden />,
  redacted: <HourglassOutlined aria-hidden />,
  confirmed: <CheckCircleFilled aria-hidden />,
};
const LOOKS = { uploaded: "draft", redacted: "signed", confirmed: "published" } as const;

/** Shape, colour and word: never by colour alone. */
export function VoucherTag({ state }: { state: Voucher["state"] }) {
  const say = useText(voucherWords);
  return (
    <span className={`disc-state ${LOOKS[state]}`}>
      {SHAPES[state]} {say(state)}
    </span>
  );
}
