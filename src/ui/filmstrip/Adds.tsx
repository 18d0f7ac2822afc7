import { memo, type ReactNode, useRef } from 'react';
import { useActions } from '../common/app-context.ts';
import { Menu, MenuItem } from '../common/Menu.tsx';
import { useMedia } from '../common/use-media.ts';
import * as strings from '../strings.ts';
import { AddImage } from './AddImage.tsx';

/** The ways to add a picture; on a narrow page folded into one button. */
export const Adds = memo(function Adds(): ReactNode {
  const { openDialog } = useActions();
  const picture = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const narrow = useMedia('(width < 900px)');
  const touch = useMedia('(pointer: coarse)');
  const words = strings.filmstrip;
  const make = () => openDialog({ kind: 'maker' });
  return (
    <>
      {narrow && (
        <Menu button={words.more} label={words.more} className="add">
          <MenuItem onChoose={() => picture.current?.click()}>{words.add}</MenuItem>
          {touch && <MenuItem onChoose={() => camera.current?.click()}>{words.photograph}</MenuItem>}
          <MenuItem onChoose={make}>{words.make}</MenuItem>
        </Menu>
      )}
      {/* The same two however wide the page is: what is chosen after it was turned comes to the picker that was pressed before. */}
      <AddImage words={words.add} pickerRef={picture} hidden={narrow} />
      <AddImage words={words.photograph} pickerRef={camera} hidden={narrow} capture="environment" />
      {!narrow && (
        <button type="button" className="add" onClick={make}>
          {words.make}
        </button>
      )}
    </>
  );
});
