// The start page is the queue for those who read complaints, and their own work for the others.
import { lazy, Suspense } from "react";
import { Navigate } from "react-router";
import { useText } from "../lib/i18n";
import { administers, readsComplaints, readsDisclosures, useStaff } from "../lib/session";
import { Notice } from "../ui/Notice";
import { PageLoading } from "../ui/PageLoading";
import { usePageTitle } from "../ui/pageTitle";
import { words } from "./words";

const QueuePage = lazy(() => import("../features/queue/QueuePage"));

export function Home() {
  const { role } = useStaff();
  if (readsComplaints(role)) {
    return (
      <Suspense fallback={<PageLoading />}>
        <QueuePage />
      </Suspense>
    );
  }
  if (administers(role)) return <Navigate to="/proposals" replace />;
  return readsDisclosures(role) ? <Navigate to="/disclosures" replace /> : <NothingHere />;
}

function NothingHere() {
  const say = useText(words);
  usePageTitle(say("nothing_title"));
  return <Notice title={say("nothing_title")} text={say("nothing_other")} />;
}
