// The page that scripts/trace-pan.ts pans: 200 boxes on a picture of 12 megapixels.
import { manyCorners } from './many-corners.ts';
import { showStage } from './show-stage.tsx';

document.body.style.margin = '0';
await showStage({ width: 4000, height: 3000 }, manyCorners(200), { width: 1280, height: 800 });
document.documentElement.dataset.shown = '';
