/** Bytes of the largest file that is opened: a compressed picture beyond is no photograph, and has to be read into memory whole. */
export const MAX_IMAGE_BYTES = 64 * 1024 * 1024;
