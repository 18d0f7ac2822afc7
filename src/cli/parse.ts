import { parseText } from '../kosmos2/answer-parser.ts';
import { referenceView } from '../kosmos2/reference-view.ts';
import { required, runCli } from './cli.ts';
import { answerLines, jsonString } from './lines.ts';
import { loadTokenizer } from './load-tokenizer.ts';

const usage = `Usage: npm run -s parse -- --tokenizer tokenizer.json < texts > entities

Reads generated texts from standard input, one JSON string a line, and prints for each what KOSMOS-2's reference
implementation makes of it: {"caption":"...","entities":[[phrase,[start,end],[[x1,y1,x2,y2],...]],...]}, offsets in
Unicode code points, boxes in 0..1. A line that cannot be read is answered with {"error":"..."}, the rest goes on, and
the exit code is 1.

  --tokenizer FILE   tokenizer.json of a KOSMOS-2 model
  --help             this text`;

await runCli({ name: 'parse', usage, options: { tokenizer: { type: 'string' } } as const }, async ({ tokenizer }) => {
  const { specials } = await loadTokenizer(required(tokenizer, 'tokenizer'));
  await answerLines(process.stdin, (line) => referenceView(parseText(jsonString(line), specials).text()));
});
