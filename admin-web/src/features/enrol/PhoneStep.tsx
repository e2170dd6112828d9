// The secret the phone needs: as a QR code, as a link for the phone that shows this page and cannot scan itself, and as
// letters for whoever can do neither.
import { qrOf } from "@yidiantong/client/paper";
import { Typography } from "antd";
import type { Enrolment } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { words } from "./words";

export function PhoneStep({ account }: { account: Enrolment }) {
  const say = useText(words);
  const both = useText(common);
  return (
    <section className="enrol-phone">
      <h2>{say("step_phone")}</h2>
      <p>{say("step_phone_text")}</p>
      <Qr text={account.otpauth_uri} label={say("qr_label")} />
      <div className="enrol-here">
        <a href={account.otpauth_uri} className="ant-btn-like">
          {say("open_app")}
        </a>
        <p>{say("open_app_hint")}</p>
      </div>
      <p className="enrol-secret">
        {say("secret")}
        <Typography.Text
          code
          copyable={{ text: account.totp_secret, tooltips: [both("copy"), both("copied")] }}
        >
          {account.totp_secret.replace(/(.{4})(?=.)/g, "$1 ")}
        </Typography.Text>
      </p>
    </section>
  );
}

function Qr({ text, label }: { text: string; label: string }) {
  const { path, size } = qrOf(text, "M");
  return (
    <svg className="enrol-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
