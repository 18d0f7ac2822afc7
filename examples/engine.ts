import { AppError, briefPrompt, createEngine } from '../src/index.ts';

/** Describes a picture and says where each thing is, in 0..1 of the picture. */
export async function describePicture(picture: Blob, modelUrl: string): Promise<string[]> {
  const engine = createEngine();
  const found: string[] = [];
  try {
    await engine.open(modelUrl, { onProgress: ({ phase }) => console.log(phase) });
    await engine.setImage('picture', picture);
    for await (const event of engine.generate({ prompt: briefPrompt('picture') })) {
      if (event.type === 'token') console.log(event.grounded.caption);
      if (event.type !== 'result') continue;
      for (const { phrase, boxes } of event.result.grounded.entities) {
        for (const { box } of boxes) found.push(`${phrase}: ${box.map((side) => side.toFixed(2)).join(', ')}`);
      }
    }
  } catch (error) {
    console.error(error instanceof AppError ? `${error.code}: ${error.message}` : error);
  }
  engine.dispose();
  return found;
}
