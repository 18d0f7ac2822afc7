import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/evaluation/evaluate.ts';
import type { Sample } from '../../../src/evaluation/sample.ts';
import type { EngineClient } from '../../../src/protocol/client.ts';
import { AppError } from '../../../src/protocol/errors.ts';
import { pickedFolder } from '../../../src/ui/evaluation/picked-folder.ts';
import { workerAnswers } from '../../../src/ui/evaluation/worker-answers.ts';

it('a picture is found by its name alone, and not at all where two folders have one of it', async () => {
  const files = ['set/a/1.jpg', 'set/b/1.jpg', 'set/b/2.jpg'].map((path) => ({ path, file: new File([path], 'x') }));
  const { pictures } = pickedFolder(files);
  expect(await (await pictures('2.jpg')).text()).toBe('set/b/2.jpg');
  await expect(pictures('1.jpg')).rejects.toMatchObject({
    code: 'IMAGE_UNKNOWN',
    message:
      'The picture 1.jpg lies twice in the folder, as set/a/1.jpg and set/b/1.jpg. Choose a folder that holds it once.',
  });
  await expect(pictures('3.jpg')).rejects.toMatchObject({ message: 'The picture 3.jpg is not in the folder.' });
});

describe('a picture that cannot be read any more', () => {
  const places = ['set/instances.json', 'set/a/1.jpg', 'set/a/2.jpg', 'set/a/3.jpg'];
  const samples = ['1', '2', '3'].map(
    (id): Sample => ({ id, image: `${id}.jpg`, task: 'captioning', references: ['a pig'], categories: [] }),
  );

  /** A file as browsers give it: what it holds is asked of the disk each time. */
  class DiskFile extends File {
    readonly #gone: () => boolean;
    constructor(path: string, gone: () => boolean) {
      super([path], path);
      this.#gone = gone;
    }
    override slice(...range: Parameters<Blob['slice']>): Blob {
      const part = super.slice(...range);
      const gone = this.#gone;
      part.arrayBuffer = () => (gone() ? Promise.reject(new DOMException('', 'NotFoundError')) : super.arrayBuffer());
      return part;
    }
  }

  /** What comes of a run in which these go away before the second picture is read. */
  async function outcomes(going: readonly string[]): Promise<(string | undefined)[]> {
    let begun = false;
    const files = places.map((path) => ({ path, file: new DiskFile(path, () => begun && going.includes(path)) }));
    const engine = {
      async setImage(_: string, picture: File) {
        if (begun && going.includes(picture.name)) throw new AppError('IMAGE_DAMAGED', 'Not read.');
        begun = true;
      },
      async *generate() {
        yield { type: 'result', result: { answer: 'a pig', grounded: { caption: '', answerStart: 0, entities: [] } } };
      },
    } as unknown as EngineClient;
    const answerer = workerAnswers(engine, pickedFolder(files).pictures);
    const codes: (string | undefined)[] = [];
    for await (const { error } of evaluate(samples, answerer, new AbortController().signal)) codes.push(error?.code);
    return codes;
  }

  it('fails by itself while another beside it can be read', async () => {
    expect(await outcomes(['set/a/2.jpg'])).toEqual([undefined, 'IMAGE_DAMAGED', undefined]);
  });

  it.each([
    ['its disk is gone', places],
    ['its folder is gone, but not what lies elsewhere', places.slice(1)],
  ])('ends the run, to be gone on with, where %s', async (_, going) => {
    await expect(outcomes(going)).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      details: { picture: 'set/a/2.jpg' },
    });
  });
});
