#!/bin/sh
# Makes the demo package that the app ships; the same input gives the same bytes.
cd "$(dirname "$0")/.." && npm run -s import -- --from test/fixtures/demo-model --out public/models/demo --quantize q8 --name "Demo model" --licence MIT --description "A tiny KOSMOS-2 that knows drawn scenes of 164 kinds of things (animals, food, vehicles, buildings, clothes); it does not know photographs."
