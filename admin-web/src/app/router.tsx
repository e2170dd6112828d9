// Every page is a chunk of its own; the shell and the login come first.
import { createBrowserRouter } from "react-router";
import { routes as account } from "../features/account";
import { routes as calendars } from "../features/calendars";
import { routes as dashboard } from "../features/dashboard";
import { routes as disclosures } from "../features/disclosures";
import { routes as exports } from "../features/exports";
import { routes as intake } from "../features/intake";
import { routes as obligations } from "../features/obligations";
import { routes as operations } from "../features/operations";
import { routes as organisations } from "../features/organisations";
import { routes as policies } from "../features/policies";
import { routes as posters } from "../features/posters";
import { routes as powers } from "../features/powers";
import { routes as proposals } from "../features/proposals";
import { routes as relations } from "../features/relations";
import { routes as staff } from "../features/staff";
import { routes as zones } from "../features/zones";
import { Crash } from "./Crash";
import { Home } from "./Home";
import { NotFound } from "./NotFound";
import { Shell } from "./Shell";
import { Starting } from "./Starting";

export const router = createBrowserRouter(
  [
    {
      errorElement: (
        <main>
          <Crash />
        </main>
      ),
      hydrateFallbackElement: <Starting />,
      children: [
        { path: "/login", lazy: () => import("../features/login/LoginPage") },
        { path: "/enrol", lazy: () => import("../features/enrol/EnrolPage") },
        {
          path: "/",
          element: <Shell />,
          children: [
            {
              // A page that cannot be shown leaves the side bar and the way elsewhere.
              errorElement: <Crash />,
              children: [
                { index: true, element: <Home /> },
                { path: "c/:id", lazy: () => import("../features/case/CasePage") },
                ...disclosures,
                ...exports,
                ...intake,
                ...proposals,
                ...calendars,
                ...dashboard,
                ...obligations,
                ...operations,
                ...organisations,
                ...policies,
                ...posters,
                ...powers,
                ...zones,
                ...relations,
                ...staff,
                ...account,
                { path: "*", element: <NotFound /> },
              ],
            },
          ],
        },
      ],
    },
  ],
  { basename: "/admin" },
);
