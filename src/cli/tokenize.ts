import { required, runCli } from './cli.ts';
import { answerLines, jsonString } from './lines.ts';
import { loadTokenizer } from './load-tokenizer.ts';

const usage = `Usage: npm run -s tokenize -- --tokenizer tokenizer.json < strings > ids

Reads JSON strings from standard input, one a line, and prints {"ids":[...]} for each: KOSMOS-2's tags are matched,
nothing is refused, no <s> or </s> is added. A line that cannot be read is answered with {"error":"..."}, the rest goes
on, and the exit code is 1.

  --tokenizer FILE   tokenizer.json of a KOSMOS-2 model
  --help             this text`;

await runCli(
  { name: 'tokenize', usage, options: { tokenizer: { type: 'string' } } as const },
  async ({ tokenizer }) => {
    const { codec } = await loadTokenizer(required(tokenizer, 'tokenizer'));
    await answerLines(process.stdin, (line) => ({ ids: codec.encodeAll(jsonString(line)) }));
  },
);
