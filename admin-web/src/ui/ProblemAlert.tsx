import { Alert, Button, Typography } from "antd";
import { useLanguage, useText } from "../lib/i18n";
import { common } from "../lib/i18n/common";
import { asApiError, explain } from "../lib/problem";
import { uiWords } from "./words";

interface Props {
  error: unknown;
  onRetry?: () => void;
  /** Faults whose fields show them already. */
  shownAt?: readonly string[];
  /** What a fault's place is called; else it is given as it is. */
  placeOf?: (pointer: string) => string;
}

/** What went wrong, what to do, and the number by which the server's log knows it. */
export function ProblemAlert({ error, onRetry, shownAt = [], placeOf }: Props) {
  const language = useLanguage();
  const say = useText(common);
  const sayUi = useText(uiWords);
  const problem = asApiError(error);
  const elsewhere = problem.faults.filter((fault) => !shownAt.includes(fault.pointer));
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={explain(problem, language)}
      description={
        elsewhere.length === 0 && problem.requestId === null ? undefined : (
          <>
            {elsewhere.length === 0 ? null : (
              <ul className="faults">
                {elsewhere.map((fault) => (
                  <li key={`${fault.pointer} ${fault.code}`}>
                    {placeOf === undefined ? null : `${placeOf(fault.pointer)}：`}
                    {fault.detail}{" "}
                    {placeOf !== undefined || fault.pointer === "" ? null : <code>{fault.pointer}</code>}
                  </li>
                ))}
              </ul>
            )}
            {problem.requestId === null ? null : (
              <span className="request-id">
                {sayUi("request_id")}{" "}
                <Typography.Text code copyable={{ tooltips: [say("copy"), say("copied")] }}>
                  {problem.requestId}
                </Typography.Text>
              </span>
            )}
          </>
        )
      }
      action={
        onRetry === undefined || problem.status === 403 ? undefined : (
          <Button size="small" onClick={onRetry}>
            {say("retry")}
          </Button>
        )
      }
    />
  );
}
