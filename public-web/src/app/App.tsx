import { LocationProvider, Route, Router, useLocation } from "preact-iso";
import { noteStep } from "../lib/navigate";
import { pages } from "./pages";

function Pages() {
  const { url } = useLocation();
  noteStep(url);
  return (
    <Router>
      {pages.map(({ path, page }) => (
        <Route key={path} path={path} component={page.Page} />
      ))}
    </Router>
  );
}

export function App() {
  return (
    <LocationProvider>
      <Pages />
    </LocationProvider>
  );
}
