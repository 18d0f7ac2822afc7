import { memo, type ReactNode, useRef } from 'react';
import { useActions } from '../common/app-context.ts';
import { Menu, MenuItem } from '../common/Menu.tsx';
import { useMedia } from '../common/use-media.ts';
import * as strings from '../strings.ts';
import { AddImage, PicturePicker } from './AddImage.tsx';

/** The ways to add a picture; on a narrow page folded into one button. */
export const Adds = memo(function Adds(): ReactNode {
  const { openDialog } = useActions();
  const narrow = useMedia('(width < 900px)');
  const words = strings.filmstrip;
  const make = () => openDialog({ kind: 'maker' });
  if (narrow) return <Folded onMake={make} />;
  return (
    <>
      <AddImage words={words.add} />
      <AddImage words={words.photograph} capture="environment" />
      <button type="button" className="add" onClick={make}>
        {words.make}
      </button>
    </>
  );
});

function Folded({ onMake }: { onMake: () => void }): ReactNode {
  const picture = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const touch = useMedia('(pointer: coarse)');
  const words = strings.filmstrip;
  return (
    <>
      <Menu button={words.more} label={words.more} className="add">
        <MenuItem onChoose={() => picture.current?.click()}>{words.add}</MenuItem>
        {touch && <MenuItem onChoose={() => camera.current?.click()}>{words.photograph}</MenuItem>}
        <MenuItem onChoose={onMake}>{words.make}</MenuItem>
      </Menu>
      <PicturePicker pickerRef={picture} hidden />
      <PicturePicker pickerRef={camera} hidden capture="environment" />
    </>
  );
}
