// One's own account: how many recovery codes are left, and new ones.
import { Alert, Button, Popconfirm } from "antd";
import { useState } from "react";
import { $admin, adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { RecoveryCodes } from "../../ui/RecoveryCodes";
import { words } from "./words";

/** From here on it is time for new ones. */
const FEW = 3;

export function Component() {
  const say = useText(words);
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

  const left = me.data?.recovery_codes_left;
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")} />
      {me.isPending ? <PageLoading rows={2} /> : null}
      {error === null ? null : <ProblemAlert error={error} />}
      {left === undefined ? null : (
        <section className="card">
          <p>{say("left", { n: left })}</p>
          {left <= FEW ? <Alert type="warning" showIcon title={say("few")} /> : null}
          {codes.length === 0 ? null : <RecoveryCodes codes={codes} />}
          <Popconfirm title={say("renew_sure")} onConfirm={() => void renew()} disabled={left === 0}>
            <Button loading={busy} onClick={left === 0 ? () => void renew() : undefined}>
              {say("renew")}
            </Button>
          </Popconfirm>
        </section>
      )}
    </div>
  );
}
