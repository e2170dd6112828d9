// The first picture, drawn into index.html when the web is built: it stands there before any code has come,
// whatever the page will be.
import { Hero } from "../ui/Hero";

export function Splash() {
  return (
    <div class="page broad with-tabs">
      <Hero>
        <div class="hero-top">
          <span class="hero-place">监督一点通</span>
        </div>
        <p class="hero-title">
          <span>村里的钱、</span>
          <wbr />
          <span>村里的事，</span>
          <wbr />
          <span>明明白白</span>
        </p>
      </Hero>
      <div class="column splash" role="status">
        <span class="sr">正在加载</span>
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
