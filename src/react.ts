/** For pages made with React: the picture with the boxes of an answer over it. Needs react, react-dom and konva. */
export type { GroundedText } from './kosmos2/grounded-text.ts';
export { GroundedPicture, type GroundedPictureProps, type PlaceInAnswer } from './ui/embed/GroundedPicture.tsx';
