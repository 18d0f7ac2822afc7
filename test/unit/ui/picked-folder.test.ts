import { expect, it } from 'vitest';
import { pickedFolder } from '../../../src/ui/evaluation/picked-folder.ts';

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
