export const shortcuts = {
  title: 'Keys',
  help: 'Single letters work while the picture or a menu has the focus, never while you write.',
  groups: [
    {
      name: 'Asking',
      keys: [
        { key: 'Enter', does: 'Send' },
        { key: 'Shift Enter', does: 'New line' },
        { key: '↑', does: 'Last prompt, in an empty field' },
        { key: 'Esc', does: 'Stop the answer' },
      ],
    },
    {
      name: 'Boxes',
      keys: [
        { key: '← →', does: 'From box to box' },
        { key: 'Enter', does: 'What can be asked about it' },
        { key: 'W', does: 'What is this?' },
        { key: 'A', does: 'Ask about it' },
        { key: 'L', does: 'Look closer' },
        { key: 'F', does: 'Find others like it' },
        { key: 'C', does: 'Copy crop' },
        { key: 'E', does: 'Correct the boxes of its answer' },
      ],
    },
    {
      name: 'Picture',
      keys: [
        { key: '+ −', does: 'Zoom' },
        { key: '0', does: 'Fit' },
        { key: 'Space', does: 'Hold and drag to move the picture' },
        { key: 'R', does: 'New region in the middle' },
        { key: 'Arrows', does: 'Move the picture, the selected region or the corrected box' },
        { key: 'Shift Arrows', does: 'Change the size of the region or box' },
        { key: '← → Home End', does: 'In the row of pictures: from one to another' },
        { key: 'Del', does: 'Remove the region or box, or in the row a picture of yours' },
      ],
    },
    {
      name: 'Making a scene',
      keys: [
        { key: 'Arrows', does: 'Move the thing, with Shift farther' },
        { key: '+ −', does: 'Size' },
        { key: 'F', does: 'Flip' },
        { key: 'PgUp PgDn', does: 'To the front, to the back' },
        { key: 'Del', does: 'Delete' },
      ],
    },
    {
      name: 'Everywhere',
      keys: [
        { key: 'Ctrl Z', does: 'Undo' },
        { key: 'Ctrl Shift Z', does: 'Redo' },
        { key: 'Esc', does: 'Close what is open' },
        { key: '?', does: 'This sheet' },
      ],
    },
  ],
};
