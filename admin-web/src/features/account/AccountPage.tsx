// One's own account: another password, how many recovery codes are left, and new ones.
import { Alert, Popconfirm, Typography } from "antd";
import { useState } from "react";
import { $admin, adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useLine } from "../../lib/line";
import { type ApiError, asApiError } from "../../lib/problem";
import { administers } from "../../lib/session";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { RecoveryCodes } from "../../ui/RecoveryCodes";
import { SendButton } from "../../ui/SendButton";
import { PasswordForm } from "./PasswordForm";
import { words } from "./words";

/** From here on it is time for new ones. */
const FEW = 3;
/** As the server has it; it decides. */
const SHORTEST = 12;
const SHORTEST_OF_ADMINISTRATORS = 15;

export function Component() {
  const say = useText(words);
  const both = useText(common);
  const me = $admin.useQuery("get", "/api/v1/auth/me", {});
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  const renew = async () => {
    setBusy(true);
    setError(null);
    try {
      const { data } = await adminApi.POST("/api/v1/auth/recovery-codes");
      setCodes(data?.recovery_codes ?? []);
      await me.refetch();
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };

  const { cut } = useLine();
  const left = me.data?.recovery_codes_left;
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")} />
      {me.isPending ? <PageLoading rows={2} /> : null}
      {me.data === undefined && me.error !== null ? (
        <ProblemAlert error={me.error} onRetry={() => void me.refetch()} />
      ) : null}
      {me.data === undefined ? null : (
        <section className="card" aria-labelledby="account-number">
          <h2 id="account-number">{say("number")}</h2>
          <Typography.Text code copyable={{ tooltips: [both("copy"), both("copied")] }}>
            {me.data.id}
          </Typography.Text>
          <p className="quiet">{say("number_hint")}</p>
        </section>
      )}
      {me.data === undefined ? null : (
        <PasswordForm shortest={administers(me.data.role) ? SHORTEST_OF_ADMINISTRATORS : SHORTEST} />
      )}
      {left === undefined ? null : (
        <section className="card account-codes" aria-labelledby="account-codes">
          <h2 id="account-codes">{say("codes_title")}</h2>
          {left === 0 ? null : <p>{say("left", { n: left })}</p>}
          <p className="quiet">{say("codes_text")}</p>
          {error === null ? null : <ProblemAlert error={error} />}
          {left > FEW ? null : left > 0 ? (
            <Alert type="warning" showIcon title={say("few")} />
          ) : (
            <Alert type="warning" showIcon title={say("none_left")} description={say("none_left_do")} />
          )}
          {codes.length === 0 ? null : <RecoveryCodes codes={codes} />}
          <Popconfirm title={say("renew_sure")} onConfirm={() => void renew()} disabled={left === 0 || cut}>
            <SendButton loading={busy} {...(left === 0 ? { onClick: () => void renew() } : {})}>
              {say("renew")}
            </SendButton>
          </Popconfirm>
        </section>
      )}
    </div>
  );
}
